package dev.perch.kit.outbox;

import dev.perch.contract.Aggregate;
import dev.perch.contract.Json;
import dev.perch.contract.Topic;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The use cases of things, as a service writes them. */
@ApplicationScoped
class ThingRows {
  static final Aggregate THINGS =
      new Aggregate(
          "things", "thing", Topic.state("perch.rows.things"), Topic.log("perch.rows.thing-log"));

  private final Transactions transactions;
  private final Outbox outbox;

  ThingRows(Transactions transactions, Outbox outbox) {
    this.transactions = transactions;
    this.outbox = outbox;
  }

  @Produces
  @Singleton
  StateSource states() {
    return new EntityStates<>(
        THINGS, ThingRow.class, UUID::fromString, ThingRows::snapshot, transactions, outbox);
  }

  Uni<UUID> create(String body) {
    return transactions.run(
        session -> {
          ThingRow row = new ThingRow();
          row.id = UUID.randomUUID();
          row.body = body;
          return session.insert(row).chain(() -> append(session, row)).replaceWith(row.id);
        });
  }

  Uni<Void> remove(UUID id) {
    return transactions.run(
        session ->
            session
                .get(ThingRow.class, id)
                .chain(
                    row ->
                        session
                            .delete(row)
                            .chain(
                                () ->
                                    outbox.append(
                                        session,
                                        new Change(
                                            THINGS,
                                            id.toString(),
                                            row.version + 1,
                                            id,
                                            "deleted",
                                            null,
                                            "{}")))));
  }

  private Uni<Void> append(Mutiny.StatelessSession session, ThingRow row) {
    Snapshot now = snapshot(row);
    return outbox.append(
        session,
        new Change(
            THINGS,
            now.key(),
            row.version,
            null,
            "created",
            now.state(),
            String.valueOf(now.state())));
  }

  private static Snapshot snapshot(ThingRow row) {
    String state = Json.MAPPER.createObjectNode().put("body", row.body).toString();
    return new Snapshot(THINGS, row.id.toString(), row.version, row.id, state);
  }
}
