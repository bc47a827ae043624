package dev.perch.inventory.action;

import dev.perch.contract.inventory.Host;
import dev.perch.inventory.life.Life;
import dev.perch.kit.reconcile.operation.Step;
import dev.perch.kit.reconcile.operation.StepContext;
import dev.perch.kit.reconcile.operation.StepResult;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.ProblemException;
import java.sql.SQLException;
import java.util.List;

/** The host is forgotten, with its keys and what it reported; nothing brings it back. */
record Remove(HostWork work) implements Step {

  @Override
  public String name() {
    return "remove";
  }

  @Override
  public StepResult run(StepContext context) throws SQLException {
    try {
      work.remove(context, Remove::requireLocked);
      return StepResult.done();
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.ActionRefused refused) {
        return HostWork.refused(refused.detail());
      }
      throw e;
    }
  }

  private static void requireLocked(Host host) {
    if (!(Life.of(host.state()) instanceof Life.Locked)) {
      throw new Problem.ActionRefused("the host is not locked any more", List.of()).asException();
    }
  }
}
