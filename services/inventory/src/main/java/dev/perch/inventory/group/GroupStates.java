package dev.perch.inventory.group;

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
        GroupStates::snapshot,
        transactions,
        outbox);
  }

  private static Snapshot snapshot(GroupRow row) {
    try {
      return new Snapshot(
          Catalogue.GROUPS,
          row.id.toString(),
          row.version,
          null,
          Json.MAPPER.writeValueAsString(row.toGroup()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
