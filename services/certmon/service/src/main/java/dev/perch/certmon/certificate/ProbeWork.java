package dev.perch.certmon.certificate;

import dev.perch.certmon.issue.Failure;
import dev.perch.certmon.issuer.Signers;
import dev.perch.certmon.pace.Pace;
import dev.perch.certmon.pace.Paces;
import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.Reconciler;
import dev.perch.kit.reconcile.WorkItems;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Looks whether an issuer that is away is there again, on behalf of all certificates that wait for
 * it: a request that changes nothing there, every 30 s, by one of all replicas.
 */
public final class ProbeWork implements Reconciler {
  public static final String QUEUE = "issuer-probes";

  private final Database database;
  private final Signers signers;
  private final Pacing pacing;
  private final WorkItems items;
  private final Clock clock;

  public ProbeWork(
      Database database, Signers signers, Pacing pacing, WorkItems items, Clock clock) {
    this.database = database;
    this.signers = signers;
    this.pacing = pacing;
    this.items = items;
    this.clock = clock;
  }

  @Override
  public Outcome reconcile(Claim claim) throws SQLException {
    UUID id = UUID.fromString(claim.key());
    Optional<Issuer> issuer = database.each(connection -> signers.find(connection, id));
    Pace pace = database.each(connection -> Paces.find(connection, id));
    if (issuer.isEmpty() || pace.probeAt() == null) {
      return new Outcome.Done();
    }
    Duration left = Duration.between(clock.instant(), pace.probeAt());
    if (left.isPositive()) {
      return new Outcome.Again(left);
    }
    claim.requireHeld();
    Optional<Failure> failure =
        database.each(connection -> signers.open(connection, issuer.get())).reach();
    if (failure.orElse(null) instanceof Failure.Away(String code, String detail)) {
      Optional<Instant> next =
          database.each(connection -> Paces.stillAway(connection, id, code + ": " + detail));
      return next.<Outcome>map(Outcome.At::new).orElseGet(Outcome.Done::new);
    }
    database.run(
        connection -> {
          pacing.reached(connection, id);
          items.requireHeld(connection, claim);
        });
    items.ring(CertificateWork.QUEUE);
    return new Outcome.Done();
  }
}
