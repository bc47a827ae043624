package dev.perch.kit.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the state audit: hourly, after a start, after a change at the brokers, and on demand. Every
 * replica has one; the database lets one work at a time.
 */
final class Auditor implements AutoCloseable {
  static final String ALARM = "database-behind-topic";

  private static final Logger LOG = LoggerFactory.getLogger(Auditor.class);

  private static final Duration INTERVAL = Duration.ofHours(1);
  private static final Duration RETRY = Duration.ofSeconds(30);
  private static final Duration TOMBSTONES_LIVE = Duration.ofDays(31);
  private static final int RUNS_KEPT = 100;

  private final Database database;
  private final List<StateSource> sources;
  private final StateAudit audit;
  private final Republications runs;
  private final Brokers brokers;
  private final Troubles troubles;
  private @Nullable DatabaseTrace lastDatabase;

  Auditor(
      Database database,
      List<StateSource> sources,
      StateAudit audit,
      Republications runs,
      Brokers brokers,
      Troubles troubles) {
    this.database = database;
    this.sources = List.copyOf(sources);
    this.audit = audit;
    this.runs = runs;
    this.brokers = brokers;
    this.troubles = troubles;
  }

  /** Looks whether a run is due, and does it. Called every few seconds. */
  void tick() throws SQLException, ExecutionException, TimeoutException, InterruptedException {
    boolean brokersChanged = brokers.changed();
    DatabaseTrace seen = database.transaction(DatabaseTrace::read);
    if (lastDatabase == null) {
      brokers.compareTopics();
      runs.ensureRequested("The service started");
    } else if (brokersChanged) {
      runs.ensureRequested("A broker was restarted or replaced");
    } else if (!lastDatabase.equals(seen)) {
      runs.ensureRequested("The database was restarted or replaced");
    }
    lastDatabase = seen;
    runs.ensureEvery(INTERVAL, "An hour has passed");
    runOne();
  }

  /** One at a time, so that a run ends before the next is looked for. */
  private void runOne() throws SQLException, InterruptedException {
    try (Connection lock = database.source().getConnection()) {
      if (tried(lock, "select pg_try_advisory_lock(?)")) {
        try {
          Optional<Republication> run = runs.begin();
          if (run.isPresent()) {
            run(run.get());
          }
        } finally {
          tried(lock, "select pg_advisory_unlock(?)");
        }
      }
    }
  }

  private static boolean tried(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, Control.AUDIT_LOCK);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private void run(Republication run) throws SQLException, InterruptedException {
    try {
      if (run.newEpoch() && run.epoch() == null) {
        runs.raiseEpoch(run.id(), audit.highestEpoch(sources));
        sources.forEach(source -> troubles.clear(ALARM, topic(source)));
      }
      brokers.compareTopics();
      compare(run);
    } catch (SQLException
        | KafkaException
        | IllegalStateException
        | ExecutionException
        | TimeoutException e) {
      LOG.atWarn().setCause(e).log("The state audit failed and begins again later");
      runs.postpone(run.id(), RETRY, String.valueOf(e.getMessage()));
    }
  }

  private void compare(Republication run) throws SQLException, InterruptedException {
    Control control = database.transaction(Control::read);
    if (control.halted()) {
      runs.finish(
          run.id(),
          Republication.State.HALTED,
          StateAudit.Findings.NONE,
          "Publishing is halted; it goes on with a new epoch");
      return;
    }
    StateAudit.Findings all = StateAudit.Findings.NONE;
    List<String> behind = new ArrayList<>();
    for (StateSource source : sources) {
      StateAudit.Findings found = audit.audit(source, control.epoch());
      all = all.and(found);
      if (!found.ahead().isEmpty()) {
        halt(topic(source), found.ahead());
        behind.add(topic(source));
      }
    }
    end(run, all, behind.isEmpty() ? null : "The database is behind " + behind);
  }

  private void end(Republication run, StateAudit.Findings found, @Nullable String behind)
      throws SQLException {
    if (behind == null) {
      runs.finish(run.id(), Republication.State.DONE, found, null);
      runs.forgetOld(RUNS_KEPT, TOMBSTONES_LIVE);
    } else {
      runs.finish(run.id(), Republication.State.HALTED, found, behind);
    }
    LOG.atInfo()
        .addKeyValue("reason", run.reason())
        .addKeyValue("compared", found.compared())
        .addKeyValue("republished", found.republished())
        .addKeyValue("tombstoned", found.tombstoned())
        .addKeyValue("behind", behind)
        .log("State audit ended");
  }

  private void halt(String topic, List<String> keys) throws SQLException {
    database.run(Control::halt);
    String text = "Newer on the topic than in the database: " + String.join(", ", keys);
    LOG.atError().addKeyValue("topic", topic).addKeyValue("keys", keys).log("Publishing is halted");
    troubles.raise(ALARM, topic, text);
  }

  @Override
  public void close() {
    brokers.close();
  }

  private static String topic(StateSource source) {
    return source.aggregate().state().name();
  }
}
