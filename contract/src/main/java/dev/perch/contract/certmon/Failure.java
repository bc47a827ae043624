package dev.perch.contract.certmon;

import java.time.Instant;

/**
 * What went wrong, the last time it was tried.
 *
 * @param code a stable word: {@code ca-unreachable}
 * @param detail for people; never a secret
 * @param since when it went wrong like this first
 */
public record Failure(String code, String detail, Instant since) {}
