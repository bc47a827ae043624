package dev.perch.inventory.host;

import dev.perch.contract.Catalogue;
import dev.perch.kit.outbox.EntityStates;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.outbox.Snapshot;
import dev.perch.kit.outbox.StateSource;
import dev.perch.kit.outbox.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.UUID;

/** What the state audit compares with {@code perch.inventory.hosts}. */
@ApplicationScoped
class HostStates {

  @Produces
  @Singleton
  StateSource hosts(Transactions transactions, Outbox outbox) {
    return new EntityStates<>(
        Catalogue.HOSTS,
        HostRow.class,
        UUID::fromString,
        row -> Snapshot.of(Catalogue.HOSTS, row.toHost()),
        transactions,
        outbox);
  }
}
