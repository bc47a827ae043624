/** The command line: one package for each noun. */
@NullMarked
package dev.perch.cli;

import org.jspecify.annotations.NullMarked;
