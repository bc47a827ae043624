/** {@code perch operations}: long work, and waiting for it. */
@NullMarked
package dev.perch.cli.operation;

import org.jspecify.annotations.NullMarked;
