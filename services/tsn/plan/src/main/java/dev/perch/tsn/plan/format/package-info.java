/**
 * Reads and writes what others write and read: our own JSON, and the formats of the public
 * benchmarks tsnkit (CSV) and TSNBench (JSON). Bad input is told all at once, with file, line,
 * field and remedy.
 */
@NullMarked
package dev.perch.tsn.plan.format;

import org.jspecify.annotations.NullMarked;
