@NullMarked
package dev.perch.certmon.host;

import org.jspecify.annotations.NullMarked;
