package dev.perch.kit.timeline;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the timeline's partitions ahead of time and drops those out of retention. */
@ApplicationScoped
class Partitions {
  private static final Logger log = LoggerFactory.getLogger(Partitions.class);

  /** Keeps two replicas from racing for the same DDL. */
  private static final long LOCK = 0x7065726368_746cL;

  private final DataSource database;

  Partitions(DataSource database) {
    this.database = database;
  }

  /** Runs before the first request: a timeline without this month's partition refuses writes. */
  void start(@Observes @Priority(1) StartupEvent event) throws SQLException {
    maintain(Clock.systemUTC());
  }

  @Scheduled(every = "6h", delayed = "6h")
  @RunOnVirtualThread
  void maintain() throws SQLException {
    maintain(Clock.systemUTC());
  }

  void maintain(Clock clock) throws SQLException {
    YearMonth now = YearMonth.now(clock.withZone(ZoneOffset.UTC));
    try (Connection c = database.getConnection();
        Statement s = c.createStatement()) {
      c.setAutoCommit(false);
      s.execute("select pg_advisory_xact_lock(" + LOCK + ")");
      for (YearMonth month : Months.wanted(now)) {
        s.execute(Months.createStatement(month));
      }
      for (YearMonth month : existing(s)) {
        if (Months.expired(month, now)) {
          s.execute(Months.dropStatement(month));
          log.atInfo().addKeyValue("partition", Months.partition(month)).log("timeline expired");
        }
      }
      c.commit();
    }
  }

  private static List<YearMonth> existing(Statement s) throws SQLException {
    List<YearMonth> months = new ArrayList<>();
    try (var rows =
        s.executeQuery(
            "select inhrelid::regclass::text from pg_inherits"
                + " where inhparent = 'timeline'::regclass")) {
      while (rows.next()) {
        Months.month(rows.getString(1)).ifPresent(months::add);
      }
    }
    return months;
  }
}
