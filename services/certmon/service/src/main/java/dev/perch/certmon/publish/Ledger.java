package dev.perch.certmon.publish;

import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Publication;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What publishers read of certificates and write to them, in blocking transactions. */
public interface Ledger {

  Optional<Certificate> find(Connection connection, UUID certificate) throws SQLException;

  /** Nobody else changes it before the transaction ends. Empty if there is none. */
  Optional<Certificate> lock(Connection connection, UUID certificate) throws SQLException;

  /** What is published now: the revision in use, or the last one that was if it was revoked. */
  Optional<Issued> issued(Connection connection, Certificate certificate) throws SQLException;

  /**
   * Keeps what is known of the targets of a certificate that is locked. Call {@link #committed}
   * after the commit.
   */
  void published(Connection connection, Certificate locked, List<Publication> publications)
      throws SQLException;

  /** Has whoever waits for something outside look again, in the transaction. */
  void goOn(Connection connection, Certificate certificate) throws SQLException;

  void committed();

  /** A digest of what is asked of the issuer: the same for certificates that one request serves. */
  String askedFor(Certificate certificate);

  /**
   * A revision that can be published.
   *
   * @param chain PEM, leaf first
   * @param sha256 of the leaf, hexadecimal
   * @param anchors PEM of whom its users trust
   * @param keyId of the sealed key; null if it was made on a host
   * @param hostKey the name of the key on the host; null if it was made here
   */
  record Issued(
      int number,
      String chain,
      String sha256,
      String anchors,
      @Nullable UUID keyId,
      @Nullable String hostKey) {}
}
