package dev.perch.inventory.action;

import dev.perch.contract.Catalogue;
import dev.perch.contract.inventory.Host;
import dev.perch.inventory.check.Subject;
import dev.perch.inventory.check.Subjects;
import dev.perch.inventory.host.HostBook;
import dev.perch.inventory.life.Life;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.reconcile.ErrorClass;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.reconcile.operation.StepContext;
import dev.perch.kit.reconcile.operation.StepResult;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of all actions stand on. Each change is one transaction, which ends by making sure
 * that nobody else works on the host: a worker that lost its lease writes nothing.
 */
record HostWork(
    Database database, HostBook hosts, WorkItems items, Outbox outbox, Patience patience) {

  /** Leads from one life to the next; the same one changes nothing, null refuses. */
  @FunctionalInterface
  interface Transition {
    @Nullable Life from(Life life);
  }

  /** Leads the host of an operation on; fails if it is gone, or nothing leads there. */
  StepResult lead(StepContext context, Transition transition) throws SQLException {
    StepResult result =
        database.transaction(
            connection -> {
              var refused = new Refused();
              var host =
                  hosts.change(
                      connection,
                      host(context),
                      state -> {
                        Life next = transition.from(Life.of(state));
                        if (next == null) {
                          refused.because = state.administrative() + ", " + state.lifecycle();
                          return state;
                        }
                        return next.state();
                      },
                      context.cause());
              items.requireHeld(connection, context.claim());
              if (host.isEmpty()) {
                return refused("the host is gone");
              }
              return refused.because == null
                  ? StepResult.done()
                  : refused("the host is " + refused.because);
            });
    hosts.published();
    return result;
  }

  /** Removes the host of an operation, if it is still there. */
  void remove(StepContext context, Consumer<Host> check) throws SQLException {
    boolean removed =
        database.transaction(
            connection -> {
              boolean any = hosts.remove(connection, host(context), check, context.cause());
              items.requireHeld(connection, context.claim());
              return any;
            });
    if (removed) {
      hosts.published();
    }
  }

  /** Why a transition was not made. */
  private static final class Refused {
    private @Nullable String because;
  }

  /** What checks look at; the operation itself is not in the way. Empty if the host is gone. */
  Optional<Subject> subject(StepContext context) throws SQLException {
    return database.transaction(
        connection ->
            Subjects.find(connection, host(context))
                .map(subject -> subject.without(context.operation())));
  }

  /** Whether the broker has acknowledged every version of the host. */
  boolean isPublished(StepContext context) throws SQLException {
    return database.transaction(
        connection -> outbox.isPublished(connection, Catalogue.HOSTS, host(context).toString()));
  }

  static UUID host(StepContext context) {
    return Target.host(context.target());
  }

  static StepResult.Failed refused(String why) {
    return new StepResult.Failed(ErrorClass.REFUSED, why);
  }
}
