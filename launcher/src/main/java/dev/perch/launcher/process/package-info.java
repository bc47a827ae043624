/**
 * Runs a handful of processes on this machine: starts them in order, watches them, restarts those
 * that die, stops them in reverse order, and finds them again after its own death.
 */
@NullMarked
package dev.perch.launcher.process;

import org.jspecify.annotations.NullMarked;
