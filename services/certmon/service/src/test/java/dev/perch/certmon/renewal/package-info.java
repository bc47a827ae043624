@NullMarked
package dev.perch.certmon.renewal;

import org.jspecify.annotations.NullMarked;
