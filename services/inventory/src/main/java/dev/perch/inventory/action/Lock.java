package dev.perch.inventory.action;

import dev.perch.inventory.life.Life;
import dev.perch.kit.reconcile.operation.Step;
import dev.perch.kit.reconcile.operation.StepContext;
import dev.perch.kit.reconcile.operation.StepResult;
import java.sql.SQLException;

/** The host is locked. What is open is locked from any state if it is forced. */
record Lock(HostWork work, boolean forced) implements Step {

  @Override
  public String name() {
    return "lock";
  }

  @Override
  public StepResult run(StepContext context) throws SQLException {
    return work.lead(
        context,
        life ->
            switch (life) {
              case Life.ShuttingDown shuttingDown -> shuttingDown.settled();
              case Life.Open open -> forced ? open.forced() : null;
              case Life.Locked already -> already;
            });
  }

  /** As long as the lock was not made known it may be taken back. */
  @Override
  public StepResult compensate(StepContext context) throws SQLException {
    return Undoing.of(
        work.lead(
            context, life -> life instanceof Life.Maintenance locked ? locked.restored() : life));
  }
}
