package dev.perch.certmon.pace;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * How often one certificate is asked for of an issuer elsewhere, whoever wants it why: a mistake
 * that has it issued again and again is stopped here before the authority's own limits stop all.
 *
 * @param issued in a week
 * @param ordered in a day
 */
public record Budget(long issued, long ordered) {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration DAY = Duration.ofDays(1);
  private static final long ISSUED = 5;
  private static final long ORDERED = 20;

  /** A short-lived one is renewed twice in its life at most, and may fail as often. */
  private static final long IN_A_LIFE = 2;

  private static final String ISSUED_ENOUGH =
      """
      select issued_at from revision
      where certificate_id = ? and issued_at > clock_timestamp() - ? * interval '1 second'
      order by issued_at desc offset ? limit 1
      """;

  private static final String ORDERED_ENOUGH =
      """
      select made_at from issue_order
      where certificate_id = ? and made_at > clock_timestamp() - ? * interval '1 second'
      order by made_at desc offset ? limit 1
      """;

  private static final String ORDER =
      """
      with old as (
        delete from issue_order
        where certificate_id = ? and made_at <= clock_timestamp() - ? * interval '1 second')
      insert into issue_order (certificate_id) values (?)
      """;

  /**
   * @param life of what is issued
   */
  public static Budget of(Duration life) {
    return new Budget(
        ISSUED + IN_A_LIFE * WEEK.dividedBy(life), ORDERED + IN_A_LIFE * DAY.dividedBy(life));
  }

  /** When it may be ordered again; empty for now. */
  public Optional<Instant> usedUpUntil(Connection connection, UUID certificate)
      throws SQLException {
    Optional<Instant> week = until(connection, ISSUED_ENOUGH, certificate, WEEK, issued);
    Optional<Instant> day = until(connection, ORDERED_ENOUGH, certificate, DAY, ordered);
    return week.isPresent() && day.isPresent() && day.get().isAfter(week.get())
        ? day
        : week.or(() -> day);
  }

  /** An order was made. */
  public static void ordered(Connection connection, UUID certificate) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ORDER)) {
      insert.setObject(1, certificate);
      insert.setLong(2, DAY.toSeconds());
      insert.setObject(3, certificate);
      insert.executeUpdate();
    }
  }

  private static Optional<Instant> until(
      Connection connection, String sql, UUID certificate, Duration within, long most)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, certificate);
      select.setLong(2, within.toSeconds());
      select.setLong(3, most - 1);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(row.getObject(1, OffsetDateTime.class).toInstant().plus(within))
            : Optional.empty();
      }
    }
  }
}
