package dev.perch.certmon.issue;

import java.math.BigInteger;
import java.time.Instant;

/** An entry of a revocation list. */
public record Revoked(BigInteger serial, Instant at, RevocationReason reason) {}
