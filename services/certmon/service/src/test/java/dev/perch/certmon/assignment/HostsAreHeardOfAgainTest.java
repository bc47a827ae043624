package dev.perch.certmon.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.kit.testkit.Database;
import dev.perch.kit.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Hosts that were known before labels were kept: all of them are read from their topic again. */
class HostsAreHeardOfAgainTest {
  private final Database database = TestPostgres.freshDatabase("heard");

  @Test
  void whatWasAppliedBeforeIsOlderThanAnythingOnTheTopicAndTheTopicIsReadFromItsStart()
      throws Exception {
    migrate("4");
    update(
        """
        insert into known_host (id, site_id, name)
        values ('00000000-0000-7000-8000-000000000001', gen_random_uuid(), 'h-1')
        """);
    update(
        """
        insert into inbox_version (consumer, topic, key, epoch, sequence, deleted_at, partition)
        values ('certmon.hosts', 't', 'living', 1, 7, null, 0),
          ('certmon.hosts', 't', 'deleted', 1, 9, now(), 0),
          ('certmon.host-observed', 't', 'other', 1, 5, null, 0)
        """);
    update(
        """
        insert into inbox_offset (consumer, topic, partition, topic_id, next_offset)
        values ('certmon.hosts', 't', 0, gen_random_uuid(), 12),
          ('certmon.host-observed', 't', 0, gen_random_uuid(), 12)
        """);

    migrate("latest");

    assertThat(
            rows("select key || ' ' || epoch || ' ' || sequence from inbox_version order by key"))
        .containsExactly("deleted 1 9", "living 0 0", "other 1 5");
    assertThat(
            rows(
                "select consumer from inbox_offset where caught_up_at < now() - interval '29 days'"))
        .as("as after an absence that tombstones do not outlive: kit/inbox reads all again")
        .containsExactly("certmon.hosts");
    assertThat(rows("select coalesce(labels::text, 'unknown') from known_host"))
        .as("until it is heard of again no rule says anything of it")
        .containsExactly("unknown");
  }

  private void migrate(String target) {
    var _ =
        Flyway.configure()
            .dataSource(database.dataSource())
            .locations("classpath:db/kit", "classpath:db/timeline", "classpath:db/migration")
            .outOfOrder(true)
            .target(target)
            .load()
            .migrate();
  }

  private void update(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> rows(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(row.getString(1));
      }
      return rows;
    }
  }
}
