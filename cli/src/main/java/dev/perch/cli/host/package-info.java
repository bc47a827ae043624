/** {@code perch hosts}. */
@NullMarked
package dev.perch.cli.host;

import org.jspecify.annotations.NullMarked;
