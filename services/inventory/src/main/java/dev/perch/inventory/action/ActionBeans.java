package dev.perch.inventory.action;

import dev.perch.inventory.host.HostBook;
import dev.perch.inventory.presence.PresenceConfig;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.reconcile.operation.OperationKind;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The kinds of long work on hosts. Actions that nothing here can do have none. */
@Dependent
final class ActionBeans {

  @Produces
  @Singleton
  HostWork work(
      Database database,
      HostBook hosts,
      WorkItems items,
      Outbox outbox,
      LifeConfig config,
      PresenceConfig presence) {
    return new HostWork(
        database,
        hosts,
        items,
        outbox,
        new Patience(config.settleWithin(), config.proveWithin(), presence.offlineAfter()));
  }

  @Produces
  @Singleton
  OperationKind lock(HostWork work) {
    return HostKind.lock(work);
  }

  @Produces
  @Singleton
  OperationKind forceLock(HostWork work) {
    return HostKind.forceLock(work);
  }

  @Produces
  @Singleton
  OperationKind unlock(HostWork work) {
    return HostKind.unlock(work);
  }

  @Produces
  @Singleton
  OperationKind delete(HostWork work) {
    return HostKind.delete(work);
  }
}
