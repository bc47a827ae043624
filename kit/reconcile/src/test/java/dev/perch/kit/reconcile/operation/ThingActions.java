package dev.perch.kit.reconcile.operation;

import dev.perch.contract.Cause;
import dev.perch.contract.Json;
import dev.perch.contract.operation.Operation;
import dev.perch.kit.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** How a service asks for long work: in the transaction of its use case. */
@ApplicationScoped
class ThingActions {
  private final Transactions transactions;
  private final Operations operations;

  ThingActions(Transactions transactions, Operations operations) {
    this.transactions = transactions;
    this.operations = operations;
  }

  /**
   * @param how {@code done}, {@code waits} or {@code wrong}
   */
  Uni<Operation> start(String target, @Nullable UUID site, String how) {
    return transactions.run(session -> request(session, target, site, how));
  }

  Uni<Operation> startAndFail(String target) {
    return transactions.run(
        session ->
            request(session, target, null, "done")
                .chain(
                    () -> Uni.createFrom().failure(new IllegalStateException("changed my mind"))));
  }

  private Uni<Operation> request(
      Mutiny.StatelessSession session, String target, @Nullable UUID site, String how) {
    return operations.request(
        session,
        new NewOperation(
            Polishing.NAME,
            target,
            site,
            Json.MAPPER.createObjectNode().put("how", how),
            new Cause("somebody", Polishing.NAME, "it is dull")));
  }
}
