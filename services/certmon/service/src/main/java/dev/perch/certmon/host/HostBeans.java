package dev.perch.certmon.host;

import dev.perch.certmon.publish.Ledger;
import dev.perch.certmon.publish.Publisher;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.outbox.StateSource;
import dev.perch.kit.reconcile.WorkItems;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

@Dependent
final class HostBeans {

  @Produces
  @Singleton
  Publisher publisher(
      Database database, Ledger ledger, Outbox outbox, WorkItems items, Clock clock) {
    return new HostPublisher(database, ledger, new HostDocuments(outbox), items, clock);
  }

  @Produces
  @Singleton
  StateSource documents(Database database, Outbox outbox) {
    return new HostDocumentStates(database, outbox);
  }
}
