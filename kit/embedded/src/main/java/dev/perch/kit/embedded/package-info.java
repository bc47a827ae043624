/** A real broker and a real database, without containers. */
@NullMarked
package dev.perch.kit.embedded;

import org.jspecify.annotations.NullMarked;
