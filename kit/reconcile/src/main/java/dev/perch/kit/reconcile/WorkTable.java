package dev.perch.kit.reconcile;

import dev.perch.kit.outbox.Database;
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
import org.jspecify.annotations.Nullable;

/** The table {@code work_item} as workers see it. Each method is one transaction. */
final class WorkTable {
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
          try (PreparedStatement claim = connection.prepareStatement(WorkSql.CLAIM)) {
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
    return all(WorkSql.RENEW, claims, lease.toMillis());
  }

  /**
   * Ends what is done and was not woken meanwhile, in one statement.
   *
   * @return the fences of what was ended; try the others one by one
   */
  Set<Long> done(Collection<Claim> claims) throws SQLException {
    return all(WorkSql.DELETE, claims);
  }

  /**
   * Writes back what became of a claim and ends it.
   *
   * @return false if the lease was lost, and nothing was written
   */
  boolean end(Claim claim, Outcome outcome) throws SQLException {
    return switch (outcome) {
      case Outcome.Done() -> update(WorkSql.DELETE_ONE, claim) || update(WorkSql.NOW, claim);
      case Outcome.Again(Duration after) -> update(WorkSql.LATER, claim, after.toMillis());
      case Outcome.At(var due) -> update(WorkSql.AT, claim, due.toEpochMilli());
      case Outcome.Failed(ErrorClass why, String message, @Nullable Duration after) ->
          update(
              WorkSql.FAIL,
              claim,
              why.name(),
              message,
              why.stuckAfter().toMillis(),
              (after == null ? why.backoff().after(claim.attempt() + 1) : after).toMillis());
    };
  }

  /** Makes it due for anybody, as if it had not been claimed. */
  boolean handBack(Claim claim) throws SQLException {
    return update(WorkSql.HAND_BACK, claim);
  }

  /** How long until something of the queue is due; empty if nothing is there. */
  Optional<Duration> nextDue(String queue) throws SQLException {
    return database.each(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(WorkSql.NEXT_DUE)) {
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
          try (PreparedStatement select = connection.prepareStatement(WorkSql.STUCK)) {
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

  private Set<Long> all(String sql, Collection<Claim> claims, Object... more) throws SQLException {
    return database.each(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            List<Object> values = new ArrayList<>();
            values.add(array(connection, "text", claims.stream().map(Claim::queue).toArray()));
            values.add(array(connection, "text", claims.stream().map(Claim::key).toArray()));
            values.add(array(connection, "bigint", claims.stream().map(Claim::fence).toArray()));
            values.addAll(List.of(more));
            set(statement, values.toArray());
            Set<Long> fences = new HashSet<>();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                fences.add(row.getLong(1));
              }
            }
            return fences;
          }
        });
  }

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
