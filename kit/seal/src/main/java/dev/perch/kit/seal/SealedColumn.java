package dev.perch.kit.seal;

import dev.perch.kit.outbox.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A column of sealed secrets in a table whose primary key is {@code id} and whose column {@code
 * kek} has the version each is sealed under. A service has one bean of this type per column.
 */
public final class SealedColumn {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z_]*");
  private static final int AT_ONCE = 500;

  private final String table;
  private final String column;

  public SealedColumn(String table, String column) {
    // They are put into SQL.
    if (!NAME.matcher(table).matches() || !NAME.matcher(column).matches()) {
      throw new IllegalArgumentException(table + "." + column);
    }
    this.table = table;
    this.column = column;
  }

  public Binding binding(Object id) {
    return new Binding(table, column, id.toString());
  }

  /** The versions that secrets of this column are sealed under. */
  Set<Integer> versions(Connection connection) throws SQLException {
    Set<Integer> versions = new TreeSet<>();
    try (PreparedStatement select =
            connection.prepareStatement("select distinct kek from " + table);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        versions.add(row.getInt(1));
      }
    }
    return versions;
  }

  /**
   * Seals anew what is under an older version, some at a time; replicas may do so together.
   *
   * @return how many
   */
  int reseal(Database database, Seal seal) throws SQLException {
    int all = 0;
    int some;
    do {
      some = database.transaction(connection -> resealSome(connection, seal));
      all += some;
    } while (some > 0);
    return all;
  }

  private int resealSome(Connection connection, Seal seal) throws SQLException {
    List<Old> old = old(connection, seal.version());
    try (PreparedStatement update =
        connection.prepareStatement(
            "update " + table + " set " + column + " = ?, kek = ? where id = ?")) {
      for (Old one : old) {
        byte[] sealed = seal.reseal(one.sealed(), binding(one.id()));
        update.setBytes(1, sealed);
        update.setInt(2, Seal.versionOf(sealed));
        update.setObject(3, one.id());
        update.addBatch();
      }
      update.executeBatch();
    }
    return old.size();
  }

  private record Old(Object id, byte[] sealed) {}

  private List<Old> old(Connection connection, int version) throws SQLException {
    List<Old> old = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select id, %s from %s where kek < ? limit %d for update skip locked"
                .formatted(column, table, AT_ONCE))) {
      select.setInt(1, version);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          old.add(new Old(row.getObject(1), row.getBytes(2)));
        }
      }
    }
    return old;
  }
}
