/** Batch consumption with offsets in the database. */
@NullMarked
package dev.perch.kit.inbox;

import org.jspecify.annotations.NullMarked;
