package dev.perch.kit.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.kit.outbox.Database;
import dev.perch.kit.testkit.TestPostgres;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionsTest {
  private static final UUID THING = UUID.randomUUID();

  private Database database;
  private Partitions partitions;

  @BeforeEach
  void migrate() {
    database = new Database(TestPostgres.freshDatabase("timeline").dataSource());
    partitions = new Partitions(database.source());
    var _ =
        Flyway.configure()
            .dataSource(database.source())
            .locations("classpath:db/timeline")
            .load()
            .migrate();
  }

  @Test
  void aMonthOutOfRetentionIsDroppedWithItsVersionsAndTheOthersStay() throws SQLException {
    YearMonth now = YearMonth.now(ZoneOffset.UTC);
    for (YearMonth month :
        new YearMonth[] {now, now.minusMonths(Months.KEPT), now.minusMonths(Months.KEPT + 1)}) {
      writeIn(month);
    }
    assertThat(versions()).isEqualTo(3);

    partitions.maintain(Clock.systemUTC());

    assertThat(isThere(now.minusMonths(Months.KEPT + 1))).isFalse();
    assertThat(isThere(now.minusMonths(Months.KEPT))).isTrue();
    assertThat(isThere(now.plusMonths(Months.AHEAD))).isTrue();
    assertThat(versions()).isEqualTo(2);
  }

  private void writeIn(YearMonth month) throws SQLException {
    database.run(
        connection -> {
          try (Statement create = connection.createStatement()) {
            create.execute(Months.createStatement(month));
          }
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "insert into timeline values (?, 1, ?, 'thing', 'created', 'a', 'o', null,"
                      + " '{}')")) {
            insert.setObject(1, THING);
            insert.setObject(2, month.atDay(7).atStartOfDay().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
          }
        });
  }

  private long versions() throws SQLException {
    return number("select count(*) from timeline");
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
