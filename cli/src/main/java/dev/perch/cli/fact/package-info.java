/** {@code perch facts}. */
@NullMarked
package dev.perch.cli.fact;

import org.jspecify.annotations.NullMarked;
