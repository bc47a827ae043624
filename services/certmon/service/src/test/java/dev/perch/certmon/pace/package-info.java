@NullMarked
package dev.perch.certmon.pace;

import org.jspecify.annotations.NullMarked;
