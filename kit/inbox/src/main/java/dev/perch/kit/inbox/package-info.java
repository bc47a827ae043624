/**
 * Batch consumption of Perch's topics into a service's own tables: one transaction per batch with
 * the offsets in it, a version guard per key, dead letters for what can never be applied.
 *
 * <p>A service writes a {@link dev.perch.kit.inbox.Projection} and one {@code @Incoming} method
 * that hands its batches to {@link dev.perch.kit.inbox.Inbox}.
 */
@NullMarked
package dev.perch.kit.inbox;

import org.jspecify.annotations.NullMarked;
