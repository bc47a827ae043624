package dev.perch.certmon.pace;

import dev.perch.kit.alarms.Alarms;
import dev.perch.kit.outbox.Database;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The alarm of issuers that are away, by the table alone: the same after any crash, in any replica,
 * and saying it again changes nothing.
 */
@ApplicationScoped
class PaceWatch {
  static final String AWAY = "issuer-away";

  private static final String OPEN =
      """
      select 'issuers/' || i.id, i.name, p.opened_at, p.fault
      from issuer_pace p join issuer i on i.id = p.issuer_id where p.opened_at is not null
      """;

  private static final String SETTLED =
      """
      select entity from alarm
      where alarm_id = ? and cleared_at is null and entity not in (
        select 'issuers/' || issuer_id from issuer_pace where opened_at is not null)
      """;

  private final Database database;
  private final Alarms alarms;

  PaceWatch(Database database, Alarms alarms) {
    this.database = database;
    this.alarms = alarms;
  }

  @Scheduled(every = "${perch.certmon.look-every:30S}")
  @RunOnVirtualThread
  void look() throws SQLException {
    database.each(PaceWatch::away).forEach((entity, text) -> alarms.raise(AWAY, entity, text));
    database.each(PaceWatch::settled).forEach(entity -> alarms.clear(AWAY, entity));
  }

  private static Map<String, String> away(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OPEN);
        ResultSet row = select.executeQuery()) {
      Map<String, String> away = new HashMap<>();
      while (row.next()) {
        away.put(
            row.getString(1),
            "%s is away since %s: %s"
                .formatted(
                    row.getString(2),
                    row.getObject(3, OffsetDateTime.class).toInstant(),
                    row.getString(4)));
      }
      return away;
    }
  }

  private static Set<String> settled(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SETTLED)) {
      select.setString(1, AWAY);
      Set<String> settled = new HashSet<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          settled.add(row.getString(1));
        }
      }
      return settled;
    }
  }
}
