/**
 * The stack under test, seen from outside: what its launcher wrote down, and its REST interface.
 */
@NullMarked
package dev.perch.bench.stack;

import org.jspecify.annotations.NullMarked;
