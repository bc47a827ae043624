package dev.perch.inventory.site;

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

/** What the state audit compares with {@code perch.inventory.sites}. */
@ApplicationScoped
class SiteStates {

  @Produces
  @Singleton
  StateSource sites(Transactions transactions, Outbox outbox) {
    return new EntityStates<>(
        Catalogue.SITES,
        SiteRow.class,
        UUID::fromString,
        row -> Snapshot.of(Catalogue.SITES, row.toSite()),
        transactions,
        outbox);
  }
}
