package dev.perch.certmon.certificate;

import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.issue.Failure;
import dev.perch.certmon.issue.RevocationReason;
import dev.perch.certmon.issuer.Signers;
import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.Reconciler;
import dev.perch.kit.reconcile.WorkItems;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells an issuer elsewhere that a revision is revoked. Each revision is a work item of its own: it
 * outlives its certificate, and one that is refused holds up no other. Telling twice, after a
 * crash, is as good as once.
 */
public final class RevocationWork implements Reconciler {
  public static final String QUEUE = "revocations";

  private static final String UNTOLD =
      """
      select issuer_id, chain, reason from revision
      where certificate_id = ? and number = ? and status = 'REVOKED' and told_at is null
        and not_after > now()
      """;
  private static final String TOLD =
      "update revision set told_at = clock_timestamp() where certificate_id = ? and number = ?";

  private final Database database;
  private final Signers signers;
  private final WorkItems items;

  public RevocationWork(Database database, Signers signers, WorkItems items) {
    this.database = database;
    this.signers = signers;
    this.items = items;
  }

  static String key(UUID certificate, int number) {
    return certificate + "/" + number;
  }

  private record Untold(
      UUID certificate, int number, UUID issuer, String chain, RevocationReason reason) {}

  @Override
  public Outcome reconcile(Claim claim) throws SQLException {
    String[] key = claim.key().split("/", 2);
    UUID certificate = UUID.fromString(key[0]);
    int number = Integer.parseInt(key[1]);
    Optional<Untold> found = database.each(connection -> untold(connection, certificate, number));
    if (found.isEmpty()) {
      return new Outcome.Done();
    }
    Untold untold = found.get();
    Optional<Issuer> issuer =
        database.each(connection -> signers.find(connection, untold.issuer()));
    if (issuer.isEmpty()) {
      return new Outcome.Done();
    }
    Optional<Failure> failure =
        database
            .each(connection -> signers.open(connection, issuer.get()))
            .revoke(Chain.fromPem(untold.chain()), untold.reason());
    return failure.isPresent()
        ? Refused.outcome(failure.get(), claim.attempt(), Duration.ZERO)
        : told(claim, untold);
  }

  private Outcome told(Claim claim, Untold untold) throws SQLException {
    return database.transaction(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(TOLD)) {
            update.setObject(1, untold.certificate());
            update.setInt(2, untold.number());
            update.executeUpdate();
          }
          items.requireHeld(connection, claim);
          return new Outcome.Done();
        });
  }

  private static Optional<Untold> untold(Connection connection, UUID certificate, int number)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(UNTOLD)) {
      select.setObject(1, certificate);
      select.setInt(2, number);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Untold(
                    certificate,
                    number,
                    row.getObject(1, UUID.class),
                    row.getString(2),
                    RevocationReason.valueOf(row.getString(3))))
            : Optional.empty();
      }
    }
  }
}
