package dev.perch.kit.reconcile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the work on a key is.
 *
 * @param working whether somebody holds it
 * @param dueAt when it is tried next, or when the lease of whoever holds it ends
 * @param attempt how often in a row it has failed
 * @param lastError why, the last time; null if the last attempt did not fail
 */
public record WorkItem(boolean working, Instant dueAt, int attempt, @Nullable String lastError) {}
