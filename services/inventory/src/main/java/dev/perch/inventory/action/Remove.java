package dev.perch.inventory.action;

import dev.perch.inventory.host.HostRegistry;
import dev.perch.inventory.life.Life;
import dev.perch.kit.outbox.Transactions;
import dev.perch.kit.reconcile.operation.Step;
import dev.perch.kit.reconcile.operation.StepContext;
import dev.perch.kit.reconcile.operation.StepResult;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.ProblemException;
import io.quarkus.vertx.VertxContextSupport;
import java.time.Duration;
import java.util.List;

/** The host is forgotten, with its keys and what it reported; nothing brings it back. */
record Remove(Transactions transactions, HostRegistry hosts) implements Step {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "remove";
  }

  @Override
  public StepResult run(StepContext context) throws Exception {
    context.claim().requireHeld();
    try {
      remove(context);
      return StepResult.done();
    } catch (ProblemException e) {
      return switch (e.problem()) {
        case Problem.NotFound gone -> StepResult.done();
        case Problem.ActionRefused refused -> HostWork.refused(refused.detail());
        case Problem other -> throw e;
      };
    }
  }

  private void remove(StepContext context) throws Exception {
    try {
      var unused =
          VertxContextSupport.subscribeAndAwait(
              () ->
                  transactions
                      .run(
                          session ->
                              hosts
                                  .remove(
                                      session,
                                      HostWork.host(context),
                                      host -> requireLocked(Life.of(host.state())),
                                      context.cause())
                                  .replaceWith(true))
                      .ifNoItem()
                      .after(PATIENCE)
                      .fail());
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static void requireLocked(Life life) {
    if (!(life instanceof Life.Locked)) {
      throw new Problem.ActionRefused("the host is not locked any more", List.of()).asException();
    }
  }
}
