package dev.perch.kit.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measures how much waits in the outbox and for how long; closes the outbox when it is full and
 * raises the alarms {@code relay-stuck} and {@code outbox-full}.
 */
final class Backlog {
  private static final String ENTITY = "outbox";
  private static final Duration STUCK = Duration.ofSeconds(60);
  private static final Duration SCAN_FROM_BOTTOM = Duration.ofMinutes(1);

  private static final String MEASURE =
      """
      select lowest.id, extract(epoch from clock_timestamp() - lowest.created_at), last_value
      from outbox_id_seq
        left join (select id, created_at from outbox where id > ? order by id limit 1) as lowest
          on true
      """;

  private static final String COUNT =
      "select count(*) from (select from outbox where id > ? limit ?) as waiting";

  private final Database database;
  private final Capacity capacity;
  private final Limits limits;
  private final Alarm stuck;
  private final Alarm full;
  private LowWaterMark mark = new LowWaterMark();
  private long markMade = System.nanoTime();
  private volatile Measure last = new Measure(0, 0);

  /**
   * When the outbox is full.
   *
   * @param rows it takes no more than so many
   * @param dataFolder a folder on the database's disk, if this machine has it
   * @param disk the share of that disk that may be in use
   */
  record Limits(long rows, Optional<Path> dataFolder, double disk) {}

  private record Measure(long rows, double oldestSeconds) {}

  Backlog(
      Database database,
      Capacity capacity,
      Limits limits,
      MeterRegistry meters,
      Troubles troubles) {
    this.database = database;
    this.capacity = capacity;
    this.limits = limits;
    this.stuck = new Alarm("relay-stuck", troubles);
    this.full = new Alarm("outbox-full", troubles);
    Gauge.builder("outbox.rows", () -> last.rows())
        .description("Changes that are committed and not yet published")
        .register(meters);
    Gauge.builder("outbox.oldest.age", () -> last.oldestSeconds())
        .baseUnit("seconds")
        .description("How long the oldest of them has waited")
        .register(meters);
  }

  /** Measures once; called every few seconds. */
  void measure() throws SQLException {
    if (System.nanoTime() - markMade > SCAN_FROM_BOTTOM.toNanos()) {
      markMade = System.nanoTime();
      mark = new LowWaterMark();
    }
    Measure now = database.transaction(this::measure);
    last = now;
    stuck.set(
        now.oldestSeconds() > STUCK.toSeconds()
            ? "The oldest of %d changes has waited for %.0f s"
                .formatted(now.rows(), now.oldestSeconds())
            : null);
    String exhausted = exhausted(now);
    capacity.report(exhausted);
    full.set(exhausted);
  }

  long rows() {
    return last.rows();
  }

  double oldestSeconds() {
    return last.oldestSeconds();
  }

  private Measure measure(Connection connection) throws SQLException {
    mark.observe(connection);
    try (PreparedStatement select = connection.prepareStatement(MEASURE)) {
      select.setLong(1, mark.id());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        long lowest = row.getLong(1);
        if (row.wasNull()) {
          mark.scannedToEnd();
          return new Measure(0, 0);
        }
        mark.scannedTo(lowest - 1);
        return new Measure(
            rows(connection, row.getLong(3) - lowest + 1), Math.max(0, row.getDouble(2)));
      }
    }
  }

  /**
   * Rows leave in the order of their ids, so what is left lies between the lowest and the last: at
   * most so many. Fewer where one was put back that had been set aside, so before the outbox is
   * closed they are counted.
   */
  private long rows(Connection connection, long atMost) throws SQLException {
    if (atMost < limits.rows()) {
      return atMost;
    }
    try (PreparedStatement count = connection.prepareStatement(COUNT)) {
      count.setLong(1, mark.id());
      count.setLong(2, limits.rows());
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private @Nullable String exhausted(Measure now) {
    if (now.rows() >= limits.rows()) {
      return now.rows() + " rows wait, the limit is " + limits.rows();
    }
    double used = limits.dataFolder().map(Backlog::used).orElse(0.0);
    return used >= limits.disk()
        ? "the database's disk is %.0f %% full, the limit is %.0f %%"
            .formatted(used * 100, limits.disk() * 100)
        : null;
  }

  private static double used(Path folder) {
    try {
      FileStore disk = Files.getFileStore(folder);
      return 1 - (double) disk.getUsableSpace() / disk.getTotalSpace();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Tells of an alarm when it changes. */
  private static final class Alarm {
    private final String id;
    private final Troubles troubles;
    private @Nullable Boolean raised;

    Alarm(String id, Troubles troubles) {
      this.id = id;
      this.troubles = troubles;
    }

    /** Null clears it. */
    void set(@Nullable String text) {
      boolean now = text != null;
      if (raised != null && raised == now) {
        return;
      }
      raised = now;
      if (text != null) {
        troubles.raise(id, ENTITY, text);
      } else {
        troubles.clear(id, ENTITY);
      }
    }
  }
}
