package dev.perch.inventory.action;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.perch.inventory.life.Life;
import dev.perch.kit.reconcile.operation.Step;
import dev.perch.kit.reconcile.operation.StepContext;
import dev.perch.kit.reconcile.operation.StepResult;
import java.sql.SQLException;
import java.time.Instant;

/** Whoever places work sees SHUTTING_DOWN, and places nothing new. */
record ShutDown(HostWork work) implements Step {
  static final String NAME = "shut-down";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public StepResult run(StepContext context) throws SQLException {
    StepResult result =
        work.lead(
            context,
            life ->
                switch (life) {
                  case Life.InService inService -> inService.shutDown();
                  case Life.ShuttingDown already -> already;
                  case Life.Entering entering -> null;
                  case Life.Locked locked -> null;
                });
    return result instanceof StepResult.Done
        ? new StepResult.Done(TextNode.valueOf(Instant.now().toString()))
        : result;
  }

  @Override
  public StepResult compensate(StepContext context) throws SQLException {
    return Undoing.of(
        work.lead(context, life -> life instanceof Life.ShuttingDown open ? open.resumed() : life));
  }
}
