/** Starts Perch on one machine. */
@NullMarked
package dev.perch.launcher;

import org.jspecify.annotations.NullMarked;
