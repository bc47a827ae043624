package dev.perch.inventory.host;

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
        HostStates::snapshot,
        transactions,
        outbox);
  }

  private static Snapshot snapshot(HostRow row) {
    try {
      return new Snapshot(
          Catalogue.HOSTS,
          row.id.toString(),
          row.version,
          row.siteId,
          Json.MAPPER.writeValueAsString(row.toHost()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
