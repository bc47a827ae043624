package dev.perch.certmon.assignment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one certificate that a host has by a rule.
 *
 * @param unmatchedAt since when the host does not match; null as long as it does
 */
record Assignment(UUID rule, UUID host, UUID certificate, @Nullable Instant unmatchedAt) {}
