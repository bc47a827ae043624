package dev.perch.certmon.certificate;

import dev.perch.certmon.host.KnownHosts;
import dev.perch.certmon.host.KnownHosts.KnownHost;
import dev.perch.contract.Cause;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.Reconciler;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.ProblemException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Revokes and deletes the certificates of a host that has gone, one by one. */
final class Departures implements Reconciler {
  private final Database database;
  private final Actions actions;
  private final Duration patience;
  private final Clock clock;

  /**
   * @param patience how long it has to be gone
   */
  Departures(Database database, Actions actions, Duration patience, Clock clock) {
    this.database = database;
    this.actions = actions;
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  public Outcome reconcile(Claim claim) throws SQLException {
    UUID host = UUID.fromString(claim.key());
    Optional<KnownHost> found = database.each(connection -> KnownHosts.find(connection, host));
    Instant gone = found.map(KnownHost::goneAt).orElse(null);
    if (found.isEmpty() || gone == null) {
      return new Outcome.Done();
    }
    Instant due = gone.plus(patience);
    if (due.isAfter(clock.instant())) {
      return new Outcome.At(due);
    }
    var cause =
        new Cause(
            "service:certmon", "host.removed", "The host " + found.get().name() + " was removed.");
    List<UUID> certificates =
        database.each(connection -> KnownHosts.certificates(connection, host));
    for (UUID certificate : certificates) {
      claim.requireHeld();
      remove(certificate, cause);
    }
    database.run(connection -> KnownHosts.forget(connection, host));
    return new Outcome.Done();
  }

  private void remove(UUID certificate, Cause cause) throws SQLException {
    try {
      actions.remove(certificate, any -> {}, cause);
    } catch (ProblemException e) {
      if (!(e.problem() instanceof Problem.NotFound)) {
        throw e;
      }
      // Somebody else was faster.
    }
  }
}
