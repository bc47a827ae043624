package dev.perch.bench.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.reconcile.operation.OperationKind;
import dev.perch.kit.reconcile.operation.Step;
import dev.perch.kit.reconcile.operation.StepContext;
import dev.perch.kit.reconcile.operation.StepResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Operations of three steps that do nothing but count how often they are run. */
final class Counted implements OperationKind {
  static final String NAME = "bench";

  private final Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
  private final List<Step> steps = List.of(new One("first"), new One("second"), new One("third"));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Step> steps(JsonNode spec) {
    return steps;
  }

  int stepsRun() {
    return runs.size();
  }

  long stepsRunTwice() {
    return runs.values().stream().filter(count -> count.get() > 1).count();
  }

  private final class One implements Step {
    private final String name;

    One(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public StepResult run(StepContext context) {
      runs.computeIfAbsent(context.operation() + name, any -> new AtomicInteger())
          .incrementAndGet();
      return StepResult.done();
    }
  }
}
