package dev.perch.kit.reconcile.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.perch.kit.reconcile.ErrorClass;
import dev.perch.kit.reconcile.Rig;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Operations whose steps act on a peer that cannot fence: the table {@code effect}, written outside
 * of any transaction of the queue's. What each step does is in the spec: {@code steps} names them,
 * {@code refused} and {@code flaky} name one that fails, {@code waits} one that waits for the table
 * {@code go}.
 */
record Probe(Rig rig) implements OperationKind {
  static final String NAME = "probe";

  static void migrate(Rig rig) throws SQLException {
    rig.execute(
        """
        create table effect (id bigint generated always as identity, operation uuid, target text,
          step text, what text);
        create table go (step text);
        """);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Step> steps(JsonNode spec) {
    List<Step> steps = new ArrayList<>();
    spec.get("steps").forEach(name -> steps.add(new ProbeStep(rig, name.asText())));
    return steps;
  }

  /** A step with an effect. */
  record ProbeStep(Rig rig, @Override String name) implements Step {

    @Override
    public StepResult run(StepContext context) throws SQLException {
      if (isNamed(context, "waits")
          && rig.column("select 1 from go where step = ?", name).isEmpty()) {
        return new StepResult.WaitUntil(Instant.now().plusMillis(100), 50, "waits for a go");
      }
      effect(context, "run");
      if (isNamed(context, "refused")) {
        return new StepResult.Failed(ErrorClass.REFUSED, "the peer says no");
      }
      if (isNamed(context, "flaky") && effects(context, "run") == 1) {
        return new StepResult.Failed(ErrorClass.TRANSIENT, "the peer is away");
      }
      return new StepResult.Done(TextNode.valueOf("of " + name));
    }

    /** The peer says whether it is done; what is flaky it does not know of. */
    @Override
    public Optional<StepResult> readBack(StepContext context) throws SQLException {
      return isNamed(context, "flaky")
              || isNamed(context, "refused")
              || effects(context, "run") == 0
          ? Optional.empty()
          : Optional.of(new StepResult.Done(TextNode.valueOf("of " + name)));
    }

    @Override
    public StepResult compensate(StepContext context) throws SQLException {
      if (effects(context, "undo") == 0) {
        effect(context, "undo");
      }
      return StepResult.done();
    }

    @Override
    public Duration patience() {
      return Duration.ofSeconds(20);
    }

    private boolean isNamed(StepContext context, String what) {
      return context.spec().path(what).asText().equals(name);
    }

    private void effect(StepContext context, String what) throws SQLException {
      var _ =
          rig.column(
              "insert into effect (operation, target, step, what) values (?, ?, ?, ?) returning id",
              context.operation(),
              context.target(),
              name,
              what);
    }

    private int effects(StepContext context, String what) throws SQLException {
      return rig.column(
              "select 1 from effect where operation = ? and step = ? and what = ?",
              context.operation(),
              name,
              what)
          .size();
    }
  }
}
