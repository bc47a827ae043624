package dev.perch.kit.reconcile.operation;

import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.reconcile.WorkQueue;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the parts together for a Quarkus service. */
@Dependent
final class OperationBeans {

  @Produces
  @Singleton
  LongWork longWork(
      @ConfigProperty(name = "perch.service") String service,
      Database database,
      Outbox outbox,
      WorkItems items,
      @All List<OperationKind> kinds) {
    return new LongWork(service, database, outbox, items, kinds);
  }

  @Produces
  @Singleton
  OperationLog log(LongWork work) {
    return work.log();
  }

  @Produces
  @Singleton
  OperationBook book(LongWork work) {
    return work.book();
  }

  @Produces
  @Singleton
  Operations operations(LongWork work) {
    return work.operations();
  }

  @Produces
  @Singleton
  WorkQueue operationQueue(LongWork work, OperationConfig config) {
    return work.queue(config.parallelism());
  }

  @Produces
  @Singleton
  WorkQueue forgettingQueue(LongWork work, OperationConfig config) {
    return work.forgetting(config.keep());
  }

  /** The row is there for ever; each start has it looked at. */
  void start(@Observes StartupEvent started, Database database, WorkItems items)
      throws SQLException {
    database.run(connection -> items.wake(connection, Forgetting.QUEUE, Set.of(Forgetting.KEY)));
  }
}
