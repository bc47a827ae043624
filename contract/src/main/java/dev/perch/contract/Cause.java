package dev.perch.contract;

import org.jspecify.annotations.Nullable;

/**
 * Who changed a resource, by which operation, and why.
 *
 * @param actor the token's subject id, or {@code service:<name>} for Perch itself
 * @param operation what was done: {@code host.register}
 * @param reason the operator's words, as given in the {@code Perch-Reason} header
 */
public record Cause(String actor, String operation, @Nullable String reason) {}
