package dev.perch.kit.reconcile.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.reconcile.ErrorClass;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** A kind of operation as a service has it. */
@ApplicationScoped
class Polishing implements OperationKind {
  static final String NAME = "thing.polish";

  @Override
  public String name() {
    return NAME;
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
