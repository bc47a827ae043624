/** What people wait for who use the command line. */
@NullMarked
package dev.perch.bench.cli;

import org.jspecify.annotations.NullMarked;
