/** {@code perch sites}. */
@NullMarked
package dev.perch.cli.site;

import org.jspecify.annotations.NullMarked;
