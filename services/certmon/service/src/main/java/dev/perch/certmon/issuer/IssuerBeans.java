package dev.perch.certmon.issuer;

import dev.perch.certmon.CertmonConfig;
import dev.perch.certmon.key.Keys;
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
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the parts together. */
@Dependent
final class IssuerBeans {
  /** Issuers are few, and each has little to do. */
  private static final int PARALLELISM = 2;

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  StateSource states(Database database, Outbox outbox) {
    return new ResourceStates<>(Issuers.KIND, database, outbox);
  }

  @Produces
  @Singleton
  IssuerSecrets secrets(Seal seal) {
    return new IssuerSecrets(seal);
  }

  @Produces
  @Singleton
  SealedColumn column(IssuerSecrets secrets) {
    return secrets.column();
  }

  @Produces
  @Singleton
  Signers signers(
      Timeline timeline, Keys keys, IssuerSecrets secrets, CertmonConfig config, Clock clock) {
    return new Signers(
        new ResourceBook<>(Issuers.KIND, timeline), keys, secrets, config.publicUrl(), clock);
  }

  @Produces
  @Singleton
  WorkQueue queue(
      Database database,
      Timeline timeline,
      Keys keys,
      Signers signers,
      WorkItems items,
      Clock clock) {
    return new WorkQueue(
        IssuerWork.QUEUE,
        PARALLELISM,
        new IssuerWork(
            database, new ResourceBook<>(Issuers.KIND, timeline), keys, signers, items, clock));
  }
}
