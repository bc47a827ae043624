package dev.perch.inventory.topology;

import dev.perch.contract.Catalogue;
import dev.perch.inventory.report.Reports;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.EntityStates;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.outbox.Snapshot;
import dev.perch.kit.outbox.StateSource;
import dev.perch.kit.outbox.Transactions;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.reconcile.WorkQueue;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.UUID;

/** What publishes topologies, and what the state audit compares with their topic. */
@Dependent
final class TopologyBeans {

  @Produces
  @Singleton
  WorkQueue topologies(Database database, Outbox outbox, WorkItems items) {
    return new WorkQueue(Reports.CABLES, 2, new SiteTopologies(database, outbox, items));
  }

  @Produces
  @Singleton
  StateSource topologyStates(Transactions transactions, Outbox outbox) {
    return new EntityStates<>(
        Catalogue.TOPOLOGIES,
        SiteTopologyRow.class,
        UUID::fromString,
        row ->
            new Snapshot(
                Catalogue.TOPOLOGIES, row.siteId.toString(), row.version, row.siteId, row.state),
        transactions,
        outbox);
  }
}
