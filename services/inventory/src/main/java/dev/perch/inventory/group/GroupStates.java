package dev.perch.inventory.group;

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

/** What the state audit compares with {@code perch.inventory.groups}. */
@ApplicationScoped
class GroupStates {

  @Produces
  @Singleton
  StateSource groups(Transactions transactions, Outbox outbox) {
    return new EntityStates<>(
        Catalogue.GROUPS,
        GroupRow.class,
        UUID::fromString,
        row -> Snapshot.of(Catalogue.GROUPS, row.toGroup()),
        transactions,
        outbox);
  }
}
