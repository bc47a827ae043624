/** Trying what a machine can do, instead of guessing it from names. */
@NullMarked
package dev.perch.agent.probe;

import org.jspecify.annotations.NullMarked;
