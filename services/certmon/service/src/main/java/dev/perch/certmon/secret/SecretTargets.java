package dev.perch.certmon.secret;

import dev.perch.certmon.cluster.Publishing;
import dev.perch.certmon.publish.Ledger;
import dev.perch.certmon.publish.Publisher;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Publication;
import dev.perch.contract.certmon.Target;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.WorkItems;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Publishes to Secrets. Each is a work item of its own, done by {@link SecretWork}: one cluster
 * that is away, and one Secret that somebody fights for, hold up no other.
 */
public final class SecretTargets implements Publisher, Publishing {
  private final Database database;
  private final Ledger ledger;
  private final WorkItems items;
  private final Clock clock;

  public SecretTargets(Database database, Ledger ledger, WorkItems items, Clock clock) {
    this.database = database;
    this.ledger = ledger;
    this.items = items;
    this.clock = clock;
  }

  @Override
  public Class<? extends Target.Place> kind() {
    return Target.Secret.class;
  }

  @Override
  public Outcome publish(Claim claim, UUID id) throws SQLException {
    Set<String> keys = database.each(connection -> SecretTable.keysOf(connection, id));
    if (keys.isEmpty()) {
      return new Outcome.Done();
    }
    database.run(
        connection -> {
          var certificate = ledger.lock(connection, id);
          if (certificate.isPresent() && isOnSecrets(certificate.get())) {
            announce(connection, certificate.get());
          }
          items.wake(connection, SecretWork.QUEUE, SecretTable.keysOf(connection, id));
          items.requireHeld(connection, claim);
        });
    ledger.committed();
    items.ring(SecretWork.QUEUE);
    return new Outcome.Done();
  }

  @Override
  public void withdraw(Connection connection, Certificate last) throws SQLException {
    SecretTable.leave(connection, last.id());
    items.wake(connection, SecretWork.QUEUE, SecretTable.keysOf(connection, last.id()));
  }

  @Override
  public void goOn(Connection connection, String cluster) throws SQLException {
    items.wake(connection, SecretWork.QUEUE, SecretTable.keysIn(connection, cluster));
  }

  @Override
  public void committed() {
    items.ring(SecretWork.QUEUE);
  }

  private static boolean isOnSecrets(Certificate certificate) {
    return certificate.targets().stream().anyMatch(target -> target.secret() != null);
  }

  /** Says of each target at least that it is on its way. */
  private void announce(Connection connection, Certificate certificate) throws SQLException {
    List<Publication> publications =
        IntStream.range(0, certificate.targets().size())
            .mapToObj(target -> Verdict.known(certificate, target, clock.instant()))
            .toList();
    ledger.published(connection, certificate, publications);
  }
}
