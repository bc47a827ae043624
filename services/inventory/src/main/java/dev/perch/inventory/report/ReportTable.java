package dev.perch.inventory.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The rows of {@code host_report}, and the newest versions of each. */
final class ReportTable {
  /** How many versions of a report are kept, the newest included. */
  static final int KEPT = 100;

  private static final String COLUMNS =
      "kind, host_id, name, site_id, digest, state, version, updated_at";

  private static final String READ =
      "select "
          + COLUMNS
          + " from host_report where (kind, host_id, name) in"
          + " (select * from unnest(?::text[], ?::uuid[], ?::text[]))"
          + " order by kind, host_id, name for update";

  private static final String WANTED =
      "select host_id, aspect from host_document where (host_id, aspect) in"
          + " (select * from unnest(?::uuid[], ?::text[]))";

  private static final String PAGE =
      "select " + COLUMNS + " from host_report where kind = ? and host_id = ? order by name";

  private static final String DELETE =
      "delete from host_report where host_id = ? returning " + COLUMNS;

  private static final String FORGET_ALL =
      "delete from host_report_version where kind = any (?) and host_id = ?";

  private static final String DIGESTS =
      "select host_id, name, digest from host_report where kind = ? and host_id = any (?)";

  private static final String WRITE =
      "insert into host_report ("
          + COLUMNS
          + ") values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (kind, host_id, name) do update set"
          + " digest = excluded.digest, state = excluded.state, version = excluded.version,"
          + " updated_at = excluded.updated_at";

  private static final String REMEMBER =
      "insert into host_report_version (kind, host_id, name, version, at, state)"
          + " values (?, ?, ?, ?, ?, ?)";

  private static final String FORGET =
      "delete from host_report_version"
          + " where kind = ? and host_id = ? and name = ? and version <= ?";

  /** What a report is about. */
  record Place(Kind kind, UUID host, String name) {
    static Place of(Reported report) {
      return new Place(report.kind(), report.host(), report.name());
    }
  }

  /**
   * A row.
   *
   * @param state the resource as it is published, as JSON
   */
  record Row(
      Place place, UUID site, String digest, String state, long version, Instant updatedAt) {}

  /** What is stored of what was reported, locked. */
  Map<Place, Row> read(Connection connection, List<Reported> reports) throws SQLException {
    return read(connection, reports.stream().map(Place::of).distinct().toList());
  }

  Map<Place, Row> read(Connection connection, Collection<Place> places) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(READ)) {
      select.setArray(
          1, connection.createArrayOf("text", places.stream().map(p -> p.kind().word()).toArray()));
      select.setArray(
          2, connection.createArrayOf("uuid", places.stream().map(Place::host).toArray()));
      select.setArray(
          3, connection.createArrayOf("text", places.stream().map(Place::name).toArray()));
      Map<Place, Row> rows = new HashMap<>();
      all(select).forEach(row -> rows.put(row.place(), row));
      return rows;
    }
  }

  /** Those observations of which there is a document. */
  Set<Place> wanted(Connection connection, Collection<Place> places) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(WANTED)) {
      select.setArray(
          1, connection.createArrayOf("uuid", places.stream().map(Place::host).toArray()));
      select.setArray(
          2, connection.createArrayOf("text", places.stream().map(Place::name).toArray()));
      Set<Place> wanted = new HashSet<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          wanted.add(new Place(Kind.OBSERVATION, rows.getObject(1, UUID.class), rows.getString(2)));
        }
      }
      return wanted;
    }
  }

  List<Row> of(Connection connection, Kind kind, UUID host) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(PAGE)) {
      select.setString(1, kind.word());
      select.setObject(2, host);
      return all(select);
    }
  }

  /** Gives the rows that are gone; their former versions go with them. */
  List<Row> delete(Connection connection, UUID host) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(FORGET_ALL)) {
      delete.setArray(
          1, connection.createArrayOf("text", Stream.of(Kind.values()).map(Kind::word).toArray()));
      delete.setObject(2, host);
      delete.executeUpdate();
    }
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setObject(1, host);
      return all(delete);
    }
  }

  Map<UUID, Map<String, String>> digests(Connection connection, Kind kind, List<UUID> hosts)
      throws SQLException {
    Map<UUID, Map<String, String>> digests = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(DIGESTS)) {
      select.setString(1, kind.word());
      select.setArray(2, connection.createArrayOf("uuid", hosts.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          digests
              .computeIfAbsent(rows.getObject(1, UUID.class), host -> new HashMap<>())
              .put(rows.getString(2), rows.getString(3));
        }
      }
    }
    return digests;
  }

  /**
   * @param rows in the order of their versions, which may be several of one report
   */
  void write(Connection connection, List<Row> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    Map<Place, Row> newest = new LinkedHashMap<>();
    rows.forEach(row -> newest.put(row.place(), row));
    write(connection, newest.values());
    remember(connection, rows);
    forget(connection, newest.values());
  }

  private void write(Connection connection, Collection<Row> rows) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(WRITE)) {
      for (Row row : rows) {
        upsert.setString(1, row.place().kind().word());
        upsert.setObject(2, row.place().host());
        upsert.setString(3, row.place().name());
        upsert.setObject(4, row.site());
        upsert.setString(5, row.digest());
        upsert.setString(6, row.state());
        upsert.setLong(7, row.version());
        upsert.setObject(8, OffsetDateTime.ofInstant(row.updatedAt(), ZoneOffset.UTC));
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }

  private void remember(Connection connection, List<Row> rows) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(REMEMBER)) {
      for (Row row : rows) {
        place(insert, row.place());
        insert.setLong(4, row.version());
        insert.setObject(5, OffsetDateTime.ofInstant(row.updatedAt(), ZoneOffset.UTC));
        insert.setString(6, row.state());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private void forget(Connection connection, Collection<Row> newest) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
      boolean any = false;
      for (Row row : newest) {
        if (row.version() > KEPT) {
          place(delete, row.place());
          delete.setLong(4, row.version() - KEPT);
          delete.addBatch();
          any = true;
        }
      }
      if (any) {
        delete.executeBatch();
      }
    }
  }

  private static void place(PreparedStatement statement, Place place) throws SQLException {
    statement.setString(1, place.kind().word());
    statement.setObject(2, place.host());
    statement.setString(3, place.name());
  }

  private static List<Row> all(PreparedStatement select) throws SQLException {
    List<Row> all = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        all.add(
            new Row(
                new Place(
                    Kind.valueOf(rows.getString(1).toUpperCase(Locale.ROOT)),
                    rows.getObject(2, UUID.class),
                    rows.getString(3)),
                rows.getObject(4, UUID.class),
                rows.getString(5),
                rows.getString(6),
                rows.getLong(7),
                rows.getObject(8, OffsetDateTime.class).toInstant()));
      }
    }
    return all;
  }
}
