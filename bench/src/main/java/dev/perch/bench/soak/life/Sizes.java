package dev.perch.bench.soak.life;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many rows the tables of a database have, and how many bytes they take with their indexes and
 * long values. The partitions of a table are counted with it.
 */
record Sizes(SortedMap<String, Size> tables) {
  private static final String TABLES =
      """
      select coalesce(parent.relname, own.relname), own.relname, pg_total_relation_size(own.oid)
      from pg_class own
        left join pg_inherits i on i.inhrelid = own.oid
        left join pg_class parent on parent.oid = i.inhparent
      where own.relkind = 'r' and own.relnamespace = 'public'::regnamespace
      """;

  /** One table. */
  record Size(long rows, long bytes) {
    static final Size NONE = new Size(0, 0);

    Size and(Size other) {
      return new Size(rows + other.rows, bytes + other.bytes);
    }
  }

  private record Part(String table, String name, long bytes) {}

  /** Of the database as it is now, without what a vacuum gives back. */
  static Sizes of(Connection superuser) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      statement.execute("vacuum (analyze)");
      List<Part> parts = new ArrayList<>();
      try (ResultSet row = statement.executeQuery(TABLES)) {
        while (row.next()) {
          parts.add(new Part(row.getString(1), row.getString(2), row.getLong(3)));
        }
      }
      SortedMap<String, Size> tables = new TreeMap<>();
      for (Part part : parts) {
        try (ResultSet row =
            statement.executeQuery(
                "select count(*) from " + statement.enquoteIdentifier(part.name(), true))) {
          row.next();
          tables.merge(part.table(), new Size(row.getLong(1), part.bytes()), Size::and);
        }
      }
      return new Sizes(tables);
    }
  }

  Size of(String table) {
    return tables.getOrDefault(table, Size.NONE);
  }

  long bytes() {
    return tables.values().stream().mapToLong(Size::bytes).sum();
  }

  /** What came since then, by table; tables of which nothing came are not in it. */
  Map<String, Size> since(Sizes before) {
    Map<String, Size> grown = new TreeMap<>();
    tables.forEach(
        (table, now) -> {
          Size was = before.of(table);
          if (!now.equals(was)) {
            grown.put(table, new Size(now.rows() - was.rows(), now.bytes() - was.bytes()));
          }
        });
    return grown;
  }
}
