package dev.perch.kit.reconcile.operation;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.perch.contract.Cause;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.outbox.StateSource.Version;
import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import dev.perch.kit.web.page.Where;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What happens to operations, each in one transaction: the row, its version, its event. The
 * operation's row is locked first and the work item's last.
 */
final class OperationBook {
  private final String service;
  private final Database database;
  private final OperationLog log;
  private final Outbox outbox;
  private final WorkItems items;

  OperationBook(
      String service, Database database, OperationLog log, Outbox outbox, WorkItems items) {
    this.service = service;
    this.database = database;
    this.log = log;
    this.outbox = outbox;
    this.items = items;
  }

  /** Leads from one stage to the next; the same one changes nothing. */
  @FunctionalInterface
  interface Transition {
    Stage of(Stage stage, Instant now);
  }

  /**
   * What a worker found out.
   *
   * @throws dev.perch.kit.reconcile.LeaseLostException if somebody else works on the target
   */
  Kept move(Claim claim, UUID id, Transition transition) throws SQLException {
    Kept after =
        database.transaction(
            connection -> {
              Kept before = locked(connection, id);
              Instant now = OperationTable.now(connection);
              Stage next = transition.of(before.stage(), now);
              if (next.equals(before.stage())) {
                return before;
              }
              Kept changed = put(connection, before, next, now, own("operation.run"));
              items.requireHeld(connection, claim);
              return changed;
            });
    outbox.wake();
    return after;
  }

  /**
   * @throws dev.perch.kit.web.ProblemException {@link Problem.NotFound}; {@link Problem.Conflict}
   *     if it is at an end
   */
  Kept cancel(UUID id, Cause cause, Consumer<Kept> allowed) throws SQLException {
    Kept after =
        database.transaction(
            connection -> {
              Kept before = locked(connection, id);
              allowed.accept(before);
              Stage next =
                  switch (before.stage()) {
                    case Stage.Pending pending -> pending.cancel();
                    case Stage.Running running -> running.cancel();
                    case Stage.Cancelling already -> already;
                    case Stage.Compensating already -> already;
                    case Stage.End end -> throw finished(before);
                  };
              if (next.equals(before.stage())) {
                return before;
              }
              Kept changed = put(connection, before, next, OperationTable.now(connection), cause);
              items.wake(connection, Operations.QUEUE, Set.of(before.target()));
              return changed;
            });
    outbox.wake();
    items.ring(Operations.QUEUE);
    return after;
  }

  Optional<Kept> head(String target) throws SQLException {
    return database.transaction(connection -> OperationTable.head(connection, target));
  }

  Optional<Shown> show(UUID id) throws SQLException {
    return database.transaction(
        connection -> {
          Kept found = OperationTable.find(connection, id).orElse(null);
          return found == null ? Optional.empty() : Optional.of(Shown.of(connection, found));
        });
  }

  List<Kept> list(Where where, int limit) throws SQLException {
    return database.transaction(connection -> OperationTable.list(connection, where, limit));
  }

  List<Version> versions(@Nullable String after, int limit) throws SQLException {
    return database.transaction(connection -> OperationTable.versions(connection, after, limit));
  }

  Set<String> republish(List<String> ids) throws SQLException {
    List<Kept> found =
        database.transaction(
            connection -> {
              List<Kept> all = OperationTable.lockAll(connection, ids);
              for (Kept kept : all) {
                outbox.restate(connection, log.snapshot(kept));
              }
              return all;
            });
    outbox.wake();
    return found.stream().map(kept -> kept.id().toString()).collect(Collectors.toUnmodifiableSet());
  }

  /** Forgets some that have been at an end for longer; returns how many. */
  int forget(Duration keep, int most) throws SQLException {
    int forgotten =
        database.transaction(
            connection -> {
              Instant now = OperationTable.now(connection);
              List<Kept> old = OperationTable.deleteOld(connection, keep, most);
              for (Kept kept : old) {
                outbox.append(connection, log.deleted(kept, now, own("operation.forget")));
              }
              return old.size();
            });
    outbox.wake();
    return forgotten;
  }

  static RuntimeException unknown(UUID id) {
    return new Problem.NotFound("There is no operation " + id + ".").asException();
  }

  private Kept put(Connection connection, Kept before, Stage next, Instant now, Cause cause)
      throws SQLException {
    Kept after = before.at(next, now);
    OperationTable.update(connection, after);
    outbox.append(connection, log.changed(before, after, cause));
    return after;
  }

  private static Kept locked(Connection connection, UUID id) throws SQLException {
    return OperationTable.lock(connection, id).orElseThrow(() -> unknown(id));
  }

  private Cause own(String operation) {
    return new Cause("service:" + service, operation, null);
  }

  private static RuntimeException finished(Kept kept) {
    return new Problem.Conflict(
            "The operation is at an end.",
            List.of(
                new Violation(
                    "operation.finished",
                    "/state",
                    TextNode.valueOf(kept.stage().word().name()),
                    "Only what is not at an end can be cancelled.")))
        .asException();
  }
}
