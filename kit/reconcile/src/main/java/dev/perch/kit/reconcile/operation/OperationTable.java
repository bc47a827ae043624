package dev.perch.kit.reconcile.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.perch.contract.Json;
import dev.perch.contract.operation.Operation;
import dev.perch.contract.operation.Operation.Failure;
import dev.perch.kit.outbox.StateSource.Version;
import dev.perch.kit.web.page.Where;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code operation}. */
final class OperationTable {
  /** With numbered marks; all that is not an id is text, which every driver knows how to send. */
  static final String INSERT =
      """
      insert into operation (id, kind, target, site, spec, state, steps, requested_by, reason,
        version, created_at, updated_at)
      values (?1, ?2, ?3, ?4, cast(cast(?5 as text) as jsonb), ?6, cast(cast(?7 as text) as jsonb),
        ?8, ?9, ?10, cast(cast(?11 as text) as timestamptz), cast(cast(?12 as text) as timestamptz))
      """;

  private static final String UPDATE =
      """
      update operation set state = ?, steps = cast(? as jsonb), failure = cast(? as jsonb),
        version = ?, updated_at = ?, finished_at = ?
      where id = ?
      """;

  private static final String COLUMNS =
      """
      select id, kind, target, site, spec, state, steps, failure, requested_by, reason, version,
        created_at, updated_at
      from operation""";

  private static final String UNFINISHED =
      " where target = ? and finished_at is null order by (state = 'PENDING'), id limit 1";

  private OperationTable() {}

  /** The values of {@link #INSERT}, in the order of its marks. */
  static List<@Nullable Object> values(Kept kept) {
    return Arrays.asList(
        kept.id(),
        kept.kind(),
        kept.target(),
        kept.site(),
        kept.spec().toString(),
        kept.stage().word().name(),
        Json.write(kept.stage().steps().all()),
        kept.requestedBy(),
        kept.reason(),
        kept.version(),
        kept.createdAt().toString(),
        kept.updatedAt().toString());
  }

  static void insert(Connection connection, Kept kept) throws SQLException {
    // JDBC numbers its parameters by their places; each occurs once, in order.
    try (PreparedStatement insert =
        connection.prepareStatement(INSERT.replaceAll("\\?\\d+", "?"))) {
      set(insert, values(kept));
      insert.executeUpdate();
    }
  }

  static void update(Connection connection, Kept kept) throws SQLException {
    Failure failure = kept.stage().failure();
    Instant finishedAt = kept.finishedAt();
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      set(
          update,
          Arrays.asList(
              kept.stage().word().name(),
              Json.write(kept.stage().steps().all()),
              failure == null ? null : Json.write(failure),
              kept.version(),
              utc(kept.updatedAt()),
              finishedAt == null ? null : utc(finishedAt),
              kept.id()));
      update.executeUpdate();
    }
  }

  static Optional<Kept> find(Connection connection, UUID id) throws SQLException {
    return query(connection, COLUMNS + " where id = ?", List.of(id)).stream().findFirst();
  }

  static Optional<Kept> lock(Connection connection, UUID id) throws SQLException {
    return query(connection, COLUMNS + " where id = ? for no key update", List.of(id)).stream()
        .findFirst();
  }

  /** What is to be worked on: the one that was begun, or else the oldest. */
  static Optional<Kept> head(Connection connection, String target) throws SQLException {
    return query(connection, COLUMNS + UNFINISHED, List.of(target)).stream().findFirst();
  }

  /** Newest first. */
  static List<Kept> list(Connection connection, Where where, int limit) throws SQLException {
    String sql = COLUMNS + where.sql() + " order by id desc limit " + limit;
    return query(connection, sql.replaceAll("\\?\\d+", "?"), where.parameters());
  }

  static List<Kept> lockAll(Connection connection, List<String> ids) throws SQLException {
    UUID[] all = ids.stream().map(UUID::fromString).toArray(UUID[]::new);
    String sql = COLUMNS + " where id = any (?) order by id for no key update";
    return query(connection, sql, List.of((Object) all));
  }

  static List<Version> versions(Connection connection, @Nullable String after, int limit)
      throws SQLException {
    String sql = "select id, version from operation where id > ? order by id limit ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      set(select, List.of(after == null ? new UUID(0, 0) : UUID.fromString(after), limit));
      List<Version> versions = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          versions.add(new Version(row.getString(1), row.getLong(2)));
        }
      }
      return versions;
    }
  }

  /** Deletes some that are at an end for longer; those that somebody else deletes are left out. */
  static List<Kept> deleteOld(Connection connection, Duration keep, int most) throws SQLException {
    String old =
        COLUMNS
            + """
             where finished_at < clock_timestamp() - ? * interval '1 millisecond'
            order by finished_at limit ? for update skip locked
            """;
    List<Kept> found = query(connection, old, List.of(keep.toMillis(), most));
    try (PreparedStatement delete =
        connection.prepareStatement("delete from operation where id = any (?)")) {
      set(delete, List.of((Object) found.stream().map(Kept::id).toArray(UUID[]::new)));
      delete.executeUpdate();
    }
    return found;
  }

  static Instant now(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("select clock_timestamp()");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  private static List<Kept> query(
      Connection connection, String sql, List<? extends @Nullable Object> parameters)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      set(select, parameters);
      List<Kept> found = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(kept(row));
        }
      }
      return found;
    }
  }

  private static Kept kept(ResultSet row) throws SQLException {
    try {
      Steps steps =
          new Steps(
              Json.MAPPER.readValue(row.getString(7), new TypeReference<List<StepEntry>>() {}));
      String failure = row.getString(8);
      return new Kept(
          row.getObject(1, UUID.class),
          row.getString(2),
          row.getString(3),
          row.getObject(4, UUID.class),
          Json.MAPPER.readTree(row.getString(5)),
          Stage.of(
              Operation.State.valueOf(row.getString(6)),
              steps,
              failure == null ? null : Json.MAPPER.readValue(failure, Failure.class)),
          row.getString(9),
          row.getString(10),
          row.getLong(11),
          row.getObject(12, OffsetDateTime.class).toInstant(),
          row.getObject(13, OffsetDateTime.class).toInstant());
    } catch (JsonProcessingException e) {
      throw new SQLException("the row of operation " + row.getString(1) + " is damaged", e);
    }
  }

  private static void set(PreparedStatement statement, List<? extends @Nullable Object> values)
      throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }

  private static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
