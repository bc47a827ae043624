package dev.perch.certmon.pace;

import dev.perch.contract.certmon.Issuer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code issuer_pace}: a circuit breaker and a token bucket for each issuer, by the
 * database's clock. Each change is one statement, so that replicas need not agree on anything else.
 */
public final class Paces {
  /** Of an issuer that says nothing about it. */
  public static final Issuer.Rate USUAL = new Issuer.Rate(10, Duration.ofSeconds(10));

  /** So many failures in a row open it. */
  public static final int FAILURES = 5;

  /** So often it is looked whether an issuer that was away is there again. */
  public static final Duration BETWEEN_PROBES = Duration.ofSeconds(30);

  private static final String FIND =
      """
      select failures, fault, opened_at, probe_at,
        case when held_until > clock_timestamp() then held_until end,
        case when next_order_at > clock_timestamp() then next_order_at end
      from issuer_pace where issuer_id = ?
      """;

  /**
   * Orders have times, a gap apart; one of the past that nobody took is kept for a burst, if it is
   * not too old. What is taken lies in the future if all others are taken.
   */
  private static final String TAKE =
      """
      insert into issuer_pace as p (issuer_id, next_order_at)
      values (?, clock_timestamp() - ? * interval '1 microsecond' + ? * interval '1 microsecond')
      on conflict (issuer_id) do update set next_order_at =
        greatest(p.next_order_at, clock_timestamp() - ? * interval '1 microsecond')
          + ? * interval '1 microsecond'
      returning next_order_at - ? * interval '1 microsecond'
      """;

  /**
   * Whoever comes late from before it was open changes nothing about the next probe. The clock is
   * read once: the first probe is just so long after it was opened.
   */
  private static final String FAILED =
      """
      insert into issuer_pace as p (issuer_id, failures, fault) values (?, 1, ?)
      on conflict (issuer_id) do update set failures = p.failures + 1, fault = excluded.fault,
        opened_at = case when p.failures + 1 >= ?
          then coalesce(p.opened_at, statement_timestamp()) else p.opened_at end,
        probe_at = case when p.probe_at is not null then p.probe_at
          when p.failures + 1 >= ? then statement_timestamp() + ? * interval '1 millisecond' end
      returning probe_at is not null
      """;

  private static final String STILL_AWAY =
      """
      update issuer_pace set fault = ?,
        probe_at = clock_timestamp() + ? * interval '1 millisecond'
      where issuer_id = ? and probe_at is not null returning probe_at
      """;

  private static final String TRIED =
      "update issuer_pace set probe_at = null where issuer_id = ? and probe_at is not null";

  private static final String ANSWERED =
      """
      with was as (
        select issuer_id, probe_at from issuer_pace where issuer_id = ? and failures > 0 for update)
      update issuer_pace p set failures = 0, fault = null, opened_at = null, probe_at = null
      from was where p.issuer_id = was.issuer_id returning was.probe_at is not null
      """;

  private static final String HOLD =
      """
      insert into issuer_pace as p (issuer_id, held_until, next_order_at)
      select ?, until, until
      from (select clock_timestamp() + ? * interval '1 millisecond' as until) as wished
      on conflict (issuer_id) do update set
        held_until = greatest(p.held_until, excluded.held_until),
        next_order_at = greatest(p.next_order_at, excluded.next_order_at)
      """;

  private Paces() {}

  /** Of one that was never asked, nothing is in the way. */
  public static Pace find(Connection connection, UUID issuer) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setObject(1, issuer);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new Pace(
                row.getInt(1),
                row.getString(2),
                instant(row, 3),
                instant(row, 4),
                instant(row, 5),
                instant(row, 6))
            : Pace.FREE;
      }
    }
  }

  /**
   * Takes an order for good.
   *
   * @return when it may be made
   */
  public static Instant take(Connection connection, UUID issuer, Issuer.Rate rate)
      throws SQLException {
    long gap = rate.per().toMillis() * 1000 / rate.orders();
    long kept = gap * (rate.orders() - 1);
    try (PreparedStatement take = connection.prepareStatement(TAKE)) {
      take.setObject(1, issuer);
      take.setLong(2, kept);
      take.setLong(3, gap);
      take.setLong(4, kept);
      take.setLong(5, gap);
      take.setLong(6, gap);
      try (ResultSet row = take.executeQuery()) {
        row.next();
        return row.getObject(1, OffsetDateTime.class).toInstant();
      }
    }
  }

  /**
   * It could not be reached, or was not well.
   *
   * @return whether nobody but the probe is to ask it
   */
  public static boolean failed(Connection connection, UUID issuer, String fault)
      throws SQLException {
    try (PreparedStatement failed = connection.prepareStatement(FAILED)) {
      failed.setObject(1, issuer);
      failed.setString(2, fault);
      failed.setInt(3, FAILURES);
      failed.setInt(4, FAILURES);
      failed.setLong(5, BETWEEN_PROBES.toMillis());
      try (ResultSet row = failed.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /**
   * The probe did not reach it.
   *
   * @return when to look again; empty if somebody else reached it meanwhile
   */
  public static Optional<Instant> stillAway(Connection connection, UUID issuer, String fault)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(STILL_AWAY)) {
      update.setString(1, fault);
      update.setLong(2, BETWEEN_PROBES.toMillis());
      update.setObject(3, issuer);
      try (ResultSet row = update.executeQuery()) {
        return row.next()
            ? Optional.of(row.getObject(1, OffsetDateTime.class).toInstant())
            : Optional.empty();
      }
    }
  }

  /** The probe reached it: all may ask, and the next failure opens it again. */
  public static void tried(Connection connection, UUID issuer) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(TRIED)) {
      update.setObject(1, issuer);
      update.executeUpdate();
    }
  }

  /**
   * It did what it was asked, or said why it does not.
   *
   * @return whether nobody but the probe was to ask it until now
   */
  public static boolean answered(Connection connection, UUID issuer) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(ANSWERED)) {
      update.setObject(1, issuer);
      try (ResultSet row = update.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /** It wants to be left alone for so long. */
  public static void hold(Connection connection, UUID issuer, Duration pause) throws SQLException {
    try (PreparedStatement hold = connection.prepareStatement(HOLD)) {
      hold.setObject(1, issuer);
      hold.setLong(2, pause.toMillis());
      hold.executeUpdate();
    }
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
