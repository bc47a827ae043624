package dev.perch.inventory.notice;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Reads what was posted since the last look, of every transaction that has committed.
 *
 * <p>Ids are given before a transaction commits, so a higher one may be seen first. Each look
 * therefore begins at the oldest transaction that was still open at the look before, and leaves out
 * what it has already given. Not for use by several threads.
 */
public final class NoticeReader {
  private static final String READ =
      """
      select n.id, n.kind, n.host_id, h.horizon
      from (select pg_snapshot_xmin(pg_current_snapshot())::text as horizon) h
      left join link_notice n on n.xid >= ?::xid8
      order by n.id
      """;

  /** Longer than any transaction of this service lasts. */
  private static final String FORGET =
      "delete from link_notice where at < now() - interval '2 minutes'";

  private final DataSource database;
  private String horizon = "0";
  private Set<Long> given = Set.of();

  public NoticeReader(DataSource database) {
    this.database = database;
  }

  /** In the order they were posted, each once; after a start, some that are older. */
  public Set<Notice> read() throws SQLException {
    Set<Notice> fresh = new LinkedHashSet<>();
    Set<Long> seen = new HashSet<>();
    String next = horizon;
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(READ)) {
      select.setString(1, horizon);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          next = rows.getString(4);
          long id = rows.getLong(1);
          if (rows.wasNull()) {
            continue;
          }
          seen.add(id);
          if (!given.contains(id)) {
            fresh.add(
                new Notice(Notice.Kind.valueOf(rows.getString(2)), rows.getObject(3, UUID.class)));
          }
        }
      }
    }
    horizon = next;
    given = seen;
    return fresh;
  }

  /** Deletes what every living replica has read. */
  public void forget() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement delete = connection.prepareStatement(FORGET)) {
      delete.executeUpdate();
    }
  }
}
