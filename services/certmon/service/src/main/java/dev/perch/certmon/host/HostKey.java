package dev.perch.certmon.host;

import dev.perch.contract.certmon.KeyAlgorithm;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key that a host was asked for.
 *
 * @param name in the host's key store: the certificate's id without dashes, a dash and a number
 * @param awaited whether somebody waits for its request
 * @param spki SHA-256 of its public key, hexadecimal; null until its request was taken
 * @param lost whether the host said that it has it no more
 */
public record HostKey(
    String name,
    UUID certificate,
    UUID host,
    KeyAlgorithm algorithm,
    boolean awaited,
    Instant askedAt,
    @Nullable String spki,
    boolean lost) {}
