package dev.perch.kit.reconcile;

import dev.perch.kit.alarms.Alarms;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Puts the parts together for a Quarkus service, starts and stops them. */
@Dependent
final class ReconcileBeans {

  @Produces
  @Singleton
  WorkItems items(Outbox outbox) {
    return new WorkItems(outbox);
  }

  @Produces
  @Singleton
  Workers workers(
      Database database,
      WorkItems items,
      @All List<WorkQueue> queues,
      ReconcileConfig config,
      MeterRegistry meters,
      Alarms alarms) {
    Pace pace =
        new Pace(config.lease(), config.renew(), config.poll(), config.watch(), config.grace());
    return new Workers(database, items, queues, pace, meters, new AlarmTroubles(alarms));
  }

  void start(@Observes StartupEvent started, Workers workers) {
    workers.start();
  }

  void stop(@Observes ShutdownEvent stopping, Workers workers) {
    workers.close();
  }
}
