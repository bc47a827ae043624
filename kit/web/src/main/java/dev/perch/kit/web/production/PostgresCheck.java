package dev.perch.kit.web.production;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds what would make PostgreSQL forget a committed transaction in a power cut. */
final class PostgresCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String SETTINGS =
      "select name, setting from pg_settings"
          + " where name in ('fsync', 'synchronous_commit', 'full_page_writes') and setting = 'off'"
          + " order by name";

  private PostgresCheck() {}

  static List<Danger> of(Pool pool) {
    List<Danger> dangers = new ArrayList<>();
    for (Row row : pool.query(SETTINGS).execute().await().atMost(PATIENCE)) {
      dangers.add(
          new Danger(
              "PostgreSQL's " + row.getString("name"),
              "It is off: what was committed may be lost. Turn it on."));
    }
    return dangers;
  }
}
