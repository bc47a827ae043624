package dev.perch.inventory.timeline;

import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.inventory.Database;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class PartitionsTest {
  @Inject Partitions partitions;
  @Inject Database database;

  @Test
  void aMonthOutOfRetentionIsDroppedWithItsVersionsAndTheOthersStay() throws SQLException {
    YearMonth now = YearMonth.now(ZoneOffset.UTC);
    UUID host = createHost(createSite());
    copyTo(host, now.minusMonths(Months.KEPT + 1));
    copyTo(host, now.minusMonths(Months.KEPT));
    assertThat(versions(host)).isEqualTo(3);

    partitions.maintain(Clock.systemUTC());

    assertThat(isThere(now.minusMonths(Months.KEPT + 1))).isFalse();
    assertThat(isThere(now.minusMonths(Months.KEPT))).isTrue();
    assertThat(isThere(now.plusMonths(Months.AHEAD))).isTrue();
    assertThat(versions(host)).isEqualTo(2);
  }

  /** As if the host had had a version then. */
  private void copyTo(UUID host, YearMonth month) throws SQLException {
    var unused =
        database.transaction(
            connection -> {
              try (Statement create = connection.createStatement()) {
                create.execute(Months.createStatement(month));
              }
              try (PreparedStatement insert =
                  connection.prepareStatement(
                      "insert into timeline select resource_id, 0, ?, kind, what, actor, operation,"
                          + " reason, state from timeline where resource_id = ? and version = 1")) {
                insert.setObject(1, month.atDay(7).atStartOfDay().atOffset(ZoneOffset.UTC));
                insert.setObject(2, host);
                return insert.executeUpdate();
              }
            });
  }

  private long versions(UUID host) throws SQLException {
    return number("select count(*) from timeline where resource_id = '" + host + "'");
  }

  private boolean isThere(YearMonth month) throws SQLException {
    return number("select count(*) from pg_class where relname = '" + Months.partition(month) + "'")
        > 0;
  }

  private long number(String sql) throws SQLException {
    return database.transaction(
        connection -> {
          try (Statement select = connection.createStatement();
              ResultSet row = select.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
          }
        });
  }
}
