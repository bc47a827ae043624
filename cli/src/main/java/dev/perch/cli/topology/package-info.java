/** {@code perch topology}. */
@NullMarked
package dev.perch.cli.topology;

import org.jspecify.annotations.NullMarked;
