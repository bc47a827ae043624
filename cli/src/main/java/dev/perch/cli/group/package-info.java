/** {@code perch groups}. */
@NullMarked
package dev.perch.cli.group;

import org.jspecify.annotations.NullMarked;
