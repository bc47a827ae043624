package dev.perch.kit.alarms;

import dev.perch.contract.alarm.Alarm;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.outbox.StateSource.Version;
import dev.perch.kit.web.Etag;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.page.Where;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The use cases of alarms, each one transaction: the row and what the topics will say of it. */
final class AlarmBook {
  private final String service;
  private final DataSource database;
  private final Outbox outbox;
  private final AlarmTable table;

  /**
   * @param outbox one that is never full: a full outbox is what an alarm is about
   */
  AlarmBook(String service, DataSource database, Outbox outbox) {
    this.service = service;
    this.database = database;
    this.outbox = outbox;
    table = new AlarmTable(service);
  }

  /** What is done in a transaction. */
  @FunctionalInterface
  private interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  /** Leads from the alarm's present version to its next, or to none. */
  @FunctionalInterface
  private interface Next {
    @Nullable Step of(@Nullable Kept before, Instant now);
  }

  void raise(Finding finding) throws SQLException {
    change(
        Alarm.id(service, finding.alarmId(), finding.entity()),
        (before, now) -> Step.raise(service, before, finding, now));
  }

  void clear(String alarmId, String entity) throws SQLException {
    change(Alarm.id(service, alarmId, entity), (before, now) -> Step.clear(service, before, now));
  }

  /** What an operator does to an active alarm; null if that changes nothing. */
  @FunctionalInterface
  interface Handling {
    @Nullable Step of(Kept before, Instant now);
  }

  /**
   * @param ifMatch the caller's precondition, if it has one
   * @throws dev.perch.kit.web.ProblemException {@link Problem.NotFound} if it is not active
   */
  Alarm handle(String id, @Nullable String ifMatch, Consumer<Kept> allowed, Handling handling)
      throws SQLException {
    change(
        id,
        (before, now) -> {
          if (before == null || !before.isActive()) {
            throw notActive(id);
          }
          allowed.accept(before);
          if (ifMatch != null) {
            Etag.require(ifMatch, etag(before.alarm()));
          }
          return handling.of(before, now);
        });
    return find(id).map(Kept::alarm).orElseThrow(() -> notActive(id));
  }

  Optional<Kept> find(String id) throws SQLException {
    return run(connection -> table.find(connection, id));
  }

  List<Kept> active(Where where, int limit) throws SQLException {
    return run(connection -> table.active(connection, where, limit));
  }

  List<Version> versions(@Nullable String after, int limit) throws SQLException {
    return run(connection -> table.versions(connection, after == null ? "" : after, limit));
  }

  Set<String> republish(List<String> ids) throws SQLException {
    List<Kept> found =
        run(
            connection -> {
              List<Kept> active = table.lockActive(connection, ids);
              for (Kept kept : active) {
                outbox.restate(connection, AlarmLog.snapshot(kept));
              }
              return active;
            });
    outbox.wake();
    return found.stream().map(kept -> kept.alarm().id()).collect(Collectors.toUnmodifiableSet());
  }

  static String etag(Alarm alarm) {
    return Etag.of(alarm.version(), alarm.updatedAt());
  }

  static RuntimeException notActive(String id) {
    return new Problem.NotFound("There is no active alarm " + id + ".").asException();
  }

  private void change(String id, Next next) throws SQLException {
    boolean changed =
        run(
            connection -> {
              Instant now = table.lock(connection, id);
              Step step = next.of(table.find(connection, id).orElse(null), now);
              if (step == null) {
                return false;
              }
              table.put(connection, step.after());
              outbox.append(connection, AlarmLog.change(step));
              return true;
            });
    if (changed) {
      outbox.wake();
    }
  }

  private <T> T run(Work<T> work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.in(connection);
        connection.commit();
        return result;
      } catch (Throwable e) {
        rollBack(connection, e);
        throw e;
      }
    }
  }

  private static void rollBack(Connection connection, Throwable why) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }
}
