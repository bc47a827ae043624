/** Knows every host. */
@NullMarked
package dev.perch.inventory;

import org.jspecify.annotations.NullMarked;
