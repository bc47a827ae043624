package dev.perch.certmon.certificate;

import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.issue.Expectation;
import dev.perch.certmon.issue.SelfSignedIssuer;
import dev.perch.certmon.issuer.Signers;
import dev.perch.certmon.key.Keys;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.timeline.ResourceBook;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who signs a certificate, and what is expected of what is signed. */
public final class Signing {
  /** Of what was asked for, a chain is good for so much at least. */
  private static final int LEAST_PART = 20;

  private final Database database;
  private final ResourceBook<Certificate> certificates;
  private final Signers signers;
  private final Keys keys;
  private final Clock clock;

  public Signing(
      Database database,
      ResourceBook<Certificate> certificates,
      Signers signers,
      Keys keys,
      Clock clock) {
    this.database = database;
    this.certificates = certificates;
    this.signers = signers;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * An issuer that is open.
   *
   * @param kept what is kept about it
   * @param anchors whom the users of what it signs trust; empty for what is self-signed
   */
  record Signer(dev.perch.certmon.issue.Issuer issuer, Issuer kept, Set<X509Certificate> anchors) {}

  Optional<Situation> situation(Connection connection, UUID id) throws SQLException {
    return Situation.find(connection, certificates, signers, id);
  }

  Optional<Situation> lock(Connection connection, UUID id) throws SQLException {
    return Situation.lock(connection, certificates, signers, id);
  }

  /** The issuer the issuance was begun with, whichever the certificate names by now. */
  Signer open(Issuing issuing) throws SQLException {
    return database.each(
        connection -> {
          Issuer issuer =
              signers
                  .find(connection, issuing.issuer())
                  .orElseThrow(() -> new SQLException("no issuer " + issuing.issuer()));
          return issuer.kind() == Issuer.Kind.SELF_SIGNED
              ? new Signer(selfSigned(connection, issuing), issuer, Set.of())
              : new Signer(signers.open(connection, issuer), issuer, Signers.anchors(issuer));
        });
  }

  /**
   * @throws SQLException also if the key was made on a host: only that could sign with it
   */
  private SelfSignedIssuer selfSigned(Connection connection, Issuing issuing) throws SQLException {
    UUID key = issuing.key();
    if (key == null) {
      throw new SQLException("the key of " + issuing.certificate() + " is not here");
    }
    return new SelfSignedIssuer(keys.open(connection, key), clock);
  }

  Expectation expectation(Situation situation, Issuing issuing, Chain chain, Signer signer) {
    Set<X509Certificate> anchors =
        signer.anchors().isEmpty() ? Set.of(chain.leaf()) : signer.anchors();
    Duration least = situation.certificate().life().dividedBy(LEAST_PART);
    Revised active = situation.active();
    return new Expectation(
        anchors, least, active == null ? null : Chain.fromPem(active.chain()), issuing.forced());
  }
}
