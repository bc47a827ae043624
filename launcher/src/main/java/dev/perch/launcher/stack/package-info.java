/** The parts of Perch as data: what each process is, how it is started, where it is found. */
@NullMarked
package dev.perch.launcher.stack;

import org.jspecify.annotations.NullMarked;
