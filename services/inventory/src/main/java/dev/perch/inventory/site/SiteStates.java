package dev.perch.inventory.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.perch.contract.Catalogue;
import dev.perch.contract.Json;
import dev.perch.kit.outbox.EntityStates;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.outbox.Snapshot;
import dev.perch.kit.outbox.StateSource;
import dev.perch.kit.outbox.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
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
        SiteStates::snapshot,
        transactions,
        outbox);
  }

  private static Snapshot snapshot(SiteRow row) {
    try {
      return new Snapshot(
          Catalogue.SITES,
          row.id.toString(),
          row.version,
          row.id,
          Json.MAPPER.writeValueAsString(row.toSite()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
