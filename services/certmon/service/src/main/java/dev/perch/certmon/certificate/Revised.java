package dev.perch.certmon.certificate;

import dev.perch.certmon.renewal.Validity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A revision as it is kept.
 *
 * @param keyId null once its key was forgotten, and if that was made on a host
 * @param hostKey the name of its key, if that was made on a host
 * @param askedFor {@link CertificateSpec#askedFor} of the certificate it was issued for
 * @param chain PEM, leaf first
 * @param reason why it was revoked; null if it was not
 * @param flaws why it was rejected; null if it was not
 */
record Revised(
    int number,
    UUID issuerId,
    @Nullable UUID keyId,
    Status status,
    String askedFor,
    String chain,
    String serial,
    Instant notBefore,
    Instant notAfter,
    Instant issuedAt,
    @Nullable Instant revokedAt,
    @Nullable String reason,
    @Nullable String flaws,
    @Nullable String hostKey) {

  /** What became of it. */
  enum Status {
    ACTIVE,
    SUPERSEDED,
    REVOKED,
    /** It was not what was asked for, and never in use. */
    REJECTED
  }

  Validity validity() {
    return new Validity(notBefore, notAfter);
  }

  /** Whether it could be used again: its key was not forgotten. */
  boolean hasKey() {
    return keyId != null || hostKey != null;
  }

  /** As it is shown: no key, and the chain apart. */
  Shown shown() {
    return new Shown(
        number, issuerId, status, serial, notBefore, notAfter, issuedAt, revokedAt, reason, flaws,
        hasKey());
  }

  /**
   * A revision over HTTP.
   *
   * @param hasKey whether it could be rolled back to
   */
  record Shown(
      int number,
      UUID issuerId,
      Status status,
      String serial,
      Instant notBefore,
      Instant notAfter,
      Instant issuedAt,
      @Nullable Instant revokedAt,
      @Nullable String reason,
      @Nullable String flaws,
      boolean hasKey) {}
}
