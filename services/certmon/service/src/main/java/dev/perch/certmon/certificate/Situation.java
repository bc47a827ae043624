package dev.perch.certmon.certificate;

import dev.perch.certmon.host.HostKeys;
import dev.perch.certmon.issue.CertificateRequest;
import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.issue.Csr;
import dev.perch.certmon.issue.Usage;
import dev.perch.certmon.issuer.Signers;
import dev.perch.certmon.renewal.Suggestion;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.timeline.ResourceBook;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a certificate, at one instant.
 *
 * @param asked a renewal somebody asked for
 * @param active the revision in use
 * @param keyLost from when on another key takes the place of its key, which a host has lost; null
 *     if none has
 * @param suggested when the issuer of that one would like it to be renewed
 * @param issuing what is on its way
 * @param usesOfKey how many revisions the key in use has served
 */
record Situation(
    Certificate certificate,
    Issuer issuer,
    Need.@Nullable Asked asked,
    @Nullable Revised active,
    @Nullable Instant keyLost,
    @Nullable Suggestion suggested,
    @Nullable Issuing issuing,
    int usesOfKey) {
  private static final String ASKED =
      """
      select c.asked_at, c.asked_new_key, coalesce(c.asked_at > i.begun_at, false)
      from certificate c left join issuance i on i.certificate_id = c.id
      where c.id = ? and c.asked_at is not null
      """;
  private static final String ASK =
      "update certificate set asked_at = clock_timestamp(), asked_new_key = ? where id = ?";

  /** What was asked for after an issuance began is not answered by it. */
  private static final String ANSWERED =
      """
      update certificate c set asked_at = null, asked_new_key = false from issuance i
      where c.id = ? and i.certificate_id = c.id and c.asked_at <= i.begun_at
      """;

  private static final String USES =
      """
      select count(*) from revision where certificate_id = ? and (key_id = ? or host_key = ?)
      """;

  Need need(Instant now, Duration look) {
    return Need.of(certificate, asked, active, keyLost, suggested, now, look);
  }

  /** Life that is left to what is in use. */
  Duration left(Instant now) {
    return active == null ? Duration.ZERO : active.validity().remaining(now);
  }

  /** What the issuer of an issuance is asked. */
  CertificateRequest request(Issuing issuing) {
    Set<Usage> usages =
        certificate.usages().stream()
            .map(usage -> Usage.valueOf(usage.name()))
            .collect(Collectors.toUnmodifiableSet());
    CertificateRequest request =
        CertificateRequest.of(new Csr(issuing.csr()), usages, certificate.life());
    Issuer.Acme acme = issuer.acme();
    if (acme != null && acme.profile() != null) {
      request = request.ofProfile(acme.profile());
    }
    return active == null || !active.issuerId().equals(issuing.issuer())
        ? request
        : request.replacing(Chain.fromPem(active.chain()));
  }

  /** Empty if there is no such certificate. */
  static Optional<Situation> find(
      Connection connection, ResourceBook<Certificate> certificates, Signers signers, UUID id)
      throws SQLException {
    return of(connection, certificates.find(connection, id), signers);
  }

  /** As {@link #find}; nobody else changes it before the transaction ends. */
  static Optional<Situation> lock(
      Connection connection, ResourceBook<Certificate> certificates, Signers signers, UUID id)
      throws SQLException {
    return of(connection, certificates.lock(connection, id), signers);
  }

  private static Optional<Situation> of(
      Connection connection, Optional<Certificate> found, Signers signers) throws SQLException {
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Certificate certificate = found.get();
    Issuer issuer =
        signers
            .find(connection, certificate.issuerId())
            .orElseThrow(() -> new SQLException("no issuer " + certificate.issuerId()));
    Revised active = Revisions.active(connection, certificate.id()).orElse(null);
    return Optional.of(
        new Situation(
            certificate,
            issuer,
            asked(connection, certificate.id()),
            active,
            active == null || active.hostKey() == null
                ? null
                : HostKeys.replacedFrom(connection, active.hostKey()).orElse(null),
            active == null ? null : Suggestions.find(connection, certificate.id(), active.number()),
            Issuings.find(connection, certificate.id()).orElse(null),
            active == null ? 0 : uses(connection, certificate, active)));
  }

  private static int uses(Connection connection, Certificate certificate, Revised active)
      throws SQLException {
    if (certificate.key().rotation() != Certificate.Rotation.EVERY) {
      return 0;
    }
    try (PreparedStatement select = connection.prepareStatement(USES)) {
      select.setObject(1, certificate.id());
      select.setObject(2, active.keyId());
      select.setString(3, active.hostKey());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static Need.@Nullable Asked asked(Connection connection, UUID certificate)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ASKED)) {
      select.setObject(1, certificate);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new Need.Asked(
                row.getObject(1, OffsetDateTime.class).toInstant(),
                row.getBoolean(2),
                row.getBoolean(3))
            : null;
      }
    }
  }

  static void ask(Connection connection, UUID certificate, boolean newKey) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(ASK)) {
      update.setBoolean(1, newKey);
      update.setObject(2, certificate);
      update.executeUpdate();
    }
  }

  /** Forgets what was asked for, before its issuance ends. */
  static void answered(Connection connection, UUID certificate) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(ANSWERED)) {
      update.setObject(1, certificate);
      update.executeUpdate();
    }
  }
}
