package dev.perch.certmon.cluster;

import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.outbox.StateSource;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.reconcile.WorkQueue;
import dev.perch.kit.seal.Seal;
import dev.perch.kit.seal.SealedColumn;
import dev.perch.kit.timeline.ResourceBook;
import dev.perch.kit.timeline.ResourceStates;
import dev.perch.kit.timeline.Timeline;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the parts together. */
@Dependent
final class ClusterBeans {
  /** Those that do not answer take their time; the others should not wait for them. */
  private static final int PARALLELISM = 8;

  @Produces
  @Singleton
  StateSource states(Database database, Outbox outbox) {
    return new ResourceStates<>(Clusters.KIND, database, outbox);
  }

  @Produces
  @Singleton
  ClusterSecrets secrets(Seal seal) {
    return new ClusterSecrets(seal);
  }

  @Produces
  @Singleton
  SealedColumn column(ClusterSecrets secrets) {
    return secrets.column();
  }

  @Produces
  @Singleton
  Connections connections(ClusterSecrets secrets) {
    return new Connections(secrets);
  }

  void close(@Disposes Connections connections) {
    connections.close();
  }

  @Produces
  @Singleton
  WorkQueue queue(
      Database database,
      Timeline timeline,
      Connections connections,
      Publishing publishing,
      WorkItems items,
      Clock clock) {
    return new WorkQueue(
        ClusterWork.QUEUE,
        PARALLELISM,
        new ClusterWork(
            database,
            new ResourceBook<>(Clusters.KIND, timeline),
            connections,
            publishing,
            items,
            clock));
  }
}
