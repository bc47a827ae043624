package dev.perch.kit.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runs of the state audit, past and to come. Rows, so that none is lost with a replica. */
final class Republications {
  private static final String COLUMNS =
      """
      id, reason, new_epoch, epoch, state, compared, republished, tombstoned, detail,
      requested_at, started_at, finished_at
      """;

  private final Database database;

  Republications(Database database) {
    this.database = database;
  }

  /** Asks for a run on behalf of a person. */
  Republication request(String reason, boolean newEpoch) throws SQLException {
    return database
        .transaction(
            connection ->
                query(
                    connection,
                    "insert into outbox_republication (reason, new_epoch) values (?, ?) returning "
                        + COLUMNS,
                    reason,
                    newEpoch))
        .getFirst();
  }

  /** Asks for a run unless one has not begun yet. */
  void ensureRequested(String reason) throws SQLException {
    database.run(
        connection ->
            query(
                connection,
                """
                    insert into outbox_republication (reason, new_epoch)
                    select ?, false
                    where not exists (
                      select from outbox_republication where state = 'requested' and due_at <= now())
                    returning
                    """
                    + COLUMNS,
                reason));
  }

  /** Asks for a run if none has been asked for within this time. */
  void ensureEvery(Duration interval, String reason) throws SQLException {
    boolean due =
        database
            .transaction(
                connection ->
                    query(
                        connection,
                        "select "
                            + COLUMNS
                            + " from outbox_republication"
                            + " where requested_at > now() - make_interval(secs => ?) limit 1",
                        interval.toSeconds()))
            .isEmpty();
    if (due) {
      ensureRequested(reason);
    }
  }

  /**
   * Begins the oldest run that is due, or one that a dead replica left. Only for the holder of
   * {@link Control#AUDIT_LOCK}.
   */
  Optional<Republication> begin() throws SQLException {
    return database
        .transaction(
            connection ->
                query(
                    connection,
                    """
                    update outbox_republication set state = 'running', started_at = now()
                    where id = (
                      select id from outbox_republication
                      where state = 'running' or (state = 'requested' and due_at <= now())
                      order by id limit 1)
                    returning
                    """
                        + COLUMNS))
        .stream()
        .findFirst();
  }

  /**
   * Raises the epoch for this run, once, however often the run is begun.
   *
   * @param published the highest epoch on the topics
   */
  void raiseEpoch(long id, long published) throws SQLException {
    database.run(
        connection ->
            query(
                connection,
                "update outbox_republication set epoch = ? where id = ? returning " + COLUMNS,
                Control.raiseEpoch(connection, published),
                id));
  }

  void finish(
      long id, Republication.State state, StateAudit.Findings found, @Nullable String detail)
      throws SQLException {
    database.run(
        connection ->
            query(
                connection,
                """
                    update outbox_republication
                    set state = ?, compared = ?, republished = ?, tombstoned = ?, detail = ?,
                        finished_at = now()
                    where id = ? returning
                    """
                    + COLUMNS,
                state.name().toLowerCase(Locale.ROOT),
                found.compared(),
                found.republished(),
                found.tombstoned(),
                detail,
                id));
  }

  /** Has the run begin again later. */
  void postpone(long id, Duration time, String why) throws SQLException {
    database.run(
        connection ->
            query(
                connection,
                """
                    update outbox_republication
                    set state = 'requested', due_at = now() + make_interval(secs => ?), detail = ?
                    where id = ? returning
                    """
                    + COLUMNS,
                time.toSeconds(),
                why,
                id));
  }

  Optional<Republication> find(long id) throws SQLException {
    return database
        .transaction(
            connection ->
                query(
                    connection,
                    "select " + COLUMNS + " from outbox_republication where id = ?",
                    id))
        .stream()
        .findFirst();
  }

  /** The newest runs, newest first. */
  List<Republication> newest(int limit) throws SQLException {
    return database.transaction(
        connection ->
            query(
                connection,
                "select " + COLUMNS + " from outbox_republication order by id desc limit ?",
                limit));
  }

  /** Forgets old runs, and deletions of which every tombstone is gone from the topics. */
  void forgetOld(int keep, Duration deletions) throws SQLException {
    database.run(
        connection -> {
          try (PreparedStatement runs =
                  connection.prepareStatement(
                      """
                          delete from outbox_republication
                          where state in ('done', 'halted') and id <= (
                            select id from outbox_republication order by id desc offset ? limit 1)
                          """);
              PreparedStatement markers =
                  connection.prepareStatement(
                      """
                          delete from outbox_deleted
                          where deleted_at < now() - make_interval(secs => ?)
                          """)) {
            runs.setInt(1, keep);
            markers.setLong(1, deletions.toSeconds());
            runs.executeUpdate();
            markers.executeUpdate();
          }
        });
  }

  private static List<Republication> query(
      Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        if (parameters[i] == null) {
          statement.setNull(i + 1, Types.VARCHAR);
        } else {
          statement.setObject(i + 1, parameters[i]);
        }
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<Republication> found = new ArrayList<>();
        while (rows.next()) {
          found.add(read(rows));
        }
        return found;
      }
    }
  }

  private static Republication read(ResultSet row) throws SQLException {
    return new Republication(
        row.getLong(1),
        row.getString(2),
        row.getBoolean(3),
        row.getObject(4, Long.class),
        Republication.State.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.getString(9),
        row.getObject(10, OffsetDateTime.class).toInstant(),
        instant(row, 11),
        instant(row, 12));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
