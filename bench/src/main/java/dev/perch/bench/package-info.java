/** Benchmarks and soaks. */
@NullMarked
package dev.perch.bench;

import org.jspecify.annotations.NullMarked;
