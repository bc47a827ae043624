package dev.perch.certmon.pace;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody had a certificate renewed beyond its {@link Budget}.
 *
 * @param at when that was
 * @param actor the token's subject
 * @param reason the operator's words
 * @param until when there would have been room without it; null if that was not written down
 * @param revision what was issued next; null for nothing yet
 */
public record BudgetOverride(
    Instant at,
    String actor,
    @Nullable String reason,
    @Nullable Instant until,
    @Nullable Integer revision) {
  private static final String INSERT =
      "insert into budget_override (certificate_id, actor, reason, until) values (?, ?, ?, ?)";

  /** What each of them got is the next revision that was taken into use, if it got any yet. */
  private static final String SELECT =
      """
      select o.made_at, o.actor, o.reason, o.until,
        (select min(r.number) from revision r where r.certificate_id = o.certificate_id
          and r.issued_at > o.made_at and r.status <> 'REJECTED')
      from budget_override o where o.certificate_id = ?
      order by o.made_at desc limit 100
      """;

  /** Somebody has it ordered all the same. */
  public static void made(
      Connection connection, UUID certificate, String actor, @Nullable String reason, Instant until)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, certificate);
      insert.setString(2, actor);
      insert.setString(3, reason);
      insert.setObject(4, until.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  /** The newest hundred, the newest first. */
  public static List<BudgetOverride> of(Connection connection, UUID certificate)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setObject(1, certificate);
      List<BudgetOverride> all = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          OffsetDateTime until = row.getObject(4, OffsetDateTime.class);
          all.add(
              new BudgetOverride(
                  row.getObject(1, OffsetDateTime.class).toInstant(),
                  row.getString(2),
                  row.getString(3),
                  until == null ? null : until.toInstant(),
                  row.getObject(5, Integer.class)));
        }
      }
      return all;
    }
  }
}
