package dev.perch.kit.reconcile.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Cause;
import dev.perch.contract.Json;
import dev.perch.contract.operation.Operation;
import dev.perch.kit.outbox.Transactions;
import dev.perch.kit.reconcile.ErrorClass;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** How a service asks for long work: in the transaction of its use case. */
@ApplicationScoped
class ThingActions implements OperationKind {
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
            "thing.polish",
            target,
            site,
            Json.MAPPER.createObjectNode().put("how", how),
            new Cause("somebody", "thing.polish", "it is dull")));
  }

  @Override
  public String name() {
    return "thing.polish";
  }

  @Override
  public List<Step> steps(JsonNode spec) {
    return List.of(new Polish());
  }

  /** The one step. */
  private record Polish() implements Step {
    @Override
    public String name() {
      return "polish";
    }

    @Override
    public StepResult run(StepContext context) {
      return switch (context.spec().get("how").asText()) {
        case "waits" -> new StepResult.WaitUntil(Instant.now().plusSeconds(3600), 10, "it dries");
        case "wrong" -> new StepResult.Failed(ErrorClass.MISCONFIGURED, "no cloth");
        default -> StepResult.done();
      };
    }
  }
}
