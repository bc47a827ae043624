package dev.perch.kit.reconcile;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table {@code work_item} as workers see it. Each method is one transaction. */
final class WorkTable {
  // A clock that runs within a statement is no condition for an index, one that was read is.
  private static final String CLAIM =
      """
      with due as (
        select queue, key from work_item
        where queue = ? and due_at <= (select clock_timestamp())
        order by due_at limit ? for update skip locked)
      update work_item item
      set due_at = clock_timestamp() + ? * interval '1 millisecond',
        fence = nextval('work_fence'), owner = ?, claimed = wanted
      from due where item.queue = due.queue and item.key = due.key
      returning item.key, item.fence, item.attempt
      """;

  // A row that a caller's transaction is just waking is left for the next time: waiting for it
  // would let all other leases end.
  private static final String RENEW =
      """
      with held as (
        select item.queue, item.key
        from unnest(?::text[], ?::text[], ?::bigint[]) as mine (queue, key, fence)
        join work_item item on item.queue = mine.queue and item.key = mine.key
          and item.fence = mine.fence and item.owner is not null
        for update of item skip locked)
      update work_item item set due_at = clock_timestamp() + ? * interval '1 millisecond'
      from held where item.queue = held.queue and item.key = held.key
      returning item.fence
      """;

  private static final String DELETE =
      "delete from work_item where queue = ? and key = ? and fence = ? and wanted = claimed";

  private static final String RELEASE =
      """
      update work_item set owner = null, attempt = 0, last_error_class = null, last_error = null,
        failed_at = null, stuck_at = null,
        due_at = case when wanted > claimed then clock_timestamp() else %s end
      where queue = ? and key = ? and fence = ?
      """;
  private static final String NOW = RELEASE.formatted("clock_timestamp()");
  private static final String LATER =
      RELEASE.formatted("clock_timestamp() + ? * interval '1 millisecond'");
  private static final String AT = RELEASE.formatted("to_timestamp(?::double precision / 1000)");

  private static final String FAIL =
      """
      update work_item set owner = null, attempt = attempt + 1, last_error_class = ?,
        last_error = ?, failed_at = clock_timestamp(),
        stuck_at = least(stuck_at, clock_timestamp() + ? * interval '1 millisecond'),
        due_at = case when wanted > claimed then clock_timestamp()
          else clock_timestamp() + ? * interval '1 millisecond' end
      where queue = ? and key = ? and fence = ?
      """;

  private static final String HAND_BACK =
      """
      update work_item set owner = null, due_at = clock_timestamp()
      where queue = ? and key = ? and fence = ?
      """;

  private static final String NEXT_DUE =
      """
      select extract(epoch from min(due_at) - clock_timestamp()) * 1000
      from work_item where queue = ?
      """;

  private static final String STUCK =
      """
      select key, last_error_class, last_error from work_item
      where queue = ? and stuck_at <= clock_timestamp() order by stuck_at limit 1
      """;

  private final Database database;
  private final String owner;

  /**
   * @param owner this process, for people who look at the table
   */
  WorkTable(Database database, String owner) {
    this.database = database;
    this.owner = owner;
  }

  /** Claims what is due, the longest due first. */
  List<Claim> claim(String queue, int most, Duration lease) throws SQLException {
    long until = System.nanoTime() + lease.toNanos();
    return database.each(
        connection -> {
          try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
            set(claim, queue, most, lease.toMillis(), owner);
            List<Claim> claims = new ArrayList<>();
            try (ResultSet row = claim.executeQuery()) {
              while (row.next()) {
                claims.add(
                    new Claim(queue, row.getString(1), row.getLong(2), row.getInt(3), until));
              }
            }
            return claims;
          }
        });
  }

  /**
   * Renews what is still held, in one statement.
   *
   * @return the fences of what was renewed; the others are lost, or were locked for a moment
   */
  Set<Long> renew(Collection<Claim> claims, Duration lease) throws SQLException {
    return database.each(
        connection -> {
          try (PreparedStatement renew = connection.prepareStatement(RENEW)) {
            set(
                renew,
                array(connection, "text", claims.stream().map(Claim::queue).toArray()),
                array(connection, "text", claims.stream().map(Claim::key).toArray()),
                array(connection, "bigint", claims.stream().map(Claim::fence).toArray()),
                lease.toMillis());
            Set<Long> renewed = new HashSet<>();
            try (ResultSet row = renew.executeQuery()) {
              while (row.next()) {
                renewed.add(row.getLong(1));
              }
            }
            return renewed;
          }
        });
  }

  /**
   * Writes back what became of a claim and ends it.
   *
   * @return false if the lease was lost, and nothing was written
   */
  boolean end(Claim claim, Outcome outcome) throws SQLException {
    return switch (outcome) {
      case Outcome.Done() -> update(DELETE, claim) || update(NOW, claim);
      case Outcome.Again(Duration after) -> update(LATER, claim, after.toMillis());
      case Outcome.At(var due) -> update(AT, claim, due.toEpochMilli());
      case Outcome.Failed(ErrorClass why, String message) ->
          update(
              FAIL,
              claim,
              why.name(),
              message,
              why.stuckAfter().toMillis(),
              why.backoff().after(claim.attempt() + 1).toMillis());
    };
  }

  /** Makes it due for anybody, as if it had not been claimed. */
  boolean handBack(Claim claim) throws SQLException {
    return update(HAND_BACK, claim);
  }

  /** How long until something of the queue is due; empty if nothing is there. */
  Optional<Duration> nextDue(String queue) throws SQLException {
    return database.each(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(NEXT_DUE)) {
            set(select, queue);
            try (ResultSet row = select.executeQuery()) {
              row.next();
              long millis = row.getLong(1);
              return row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
            }
          }
        });
  }

  /** What has been failing longest, if anything has for too long. */
  Optional<Stuck> stuck(String queue) throws SQLException {
    return database.each(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(STUCK)) {
            set(select, queue);
            try (ResultSet row = select.executeQuery()) {
              return row.next()
                  ? Optional.of(new Stuck(row.getString(1), row.getString(2), row.getString(3)))
                  : Optional.empty();
            }
          }
        });
  }

  /** Work that fails for longer than its class of error allows. */
  record Stuck(String key, String errorClass, String error) {}

  private boolean update(String sql, Claim claim, Object... first) throws SQLException {
    return database.each(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            List<Object> all = new ArrayList<>(List.of(first));
            all.addAll(List.of(claim.queue(), claim.key(), claim.fence()));
            set(update, all.toArray());
            return update.executeUpdate() == 1;
          }
        });
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private static Object array(Connection connection, String type, Object[] values)
      throws SQLException {
    return connection.createArrayOf(type, values);
  }
}
