package dev.perch.certmon.secret;

import dev.perch.certmon.CertmonConfig;
import dev.perch.certmon.cluster.Connections;
import dev.perch.certmon.key.Keys;
import dev.perch.certmon.publish.Ledger;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.reconcile.WorkQueue;
import dev.perch.kit.seal.Seal;
import dev.perch.kit.seal.SealedColumn;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the parts together, starts and stops them. */
@Dependent
final class SecretBeans {

  @Produces
  @Singleton
  SecretTargets targets(Database database, Ledger ledger, WorkItems items, Clock clock) {
    return new SecretTargets(database, ledger, items, clock);
  }

  @Produces
  @Singleton
  WorkQueue queue(
      Database database,
      Ledger ledger,
      Keys keys,
      StorePasswords passwords,
      Connections connections,
      WorkItems items,
      Clock clock,
      CertmonConfig config) {
    return new WorkQueue(
        SecretWork.QUEUE,
        config.parallelism(),
        new SecretWork(database, ledger, keys, passwords, connections, items, clock));
  }

  @Produces
  @Singleton
  StorePasswords passwords(Seal seal) {
    return new StorePasswords(seal);
  }

  @Produces
  @Singleton
  SealedColumn column(StorePasswords passwords) {
    return passwords.column();
  }

  @Produces
  @Singleton
  SecretWatches watches(Database database, Connections connections, WorkItems items) {
    return new SecretWatches(database, connections, items);
  }

  void start(@Observes StartupEvent started, SecretWatches watches) {
    watches.start();
  }

  void stop(@Observes ShutdownEvent stopping, SecretWatches watches) {
    watches.close();
  }
}
