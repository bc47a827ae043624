package dev.perch.kit.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the outbox, in the order of its ids, on a thread of its own. Every replica of a service
 * runs one; the database lets one work at a time. Woken by its {@link Doorbell}, and each second.
 *
 * <p>Promises: each row is published at least once; each key's rows in their order, except that
 * records of a batch that failed may be repeated, also late; the state topic ends with the newest.
 * A fault of broker or database is retried for ever with back-off, up to 5 s.
 */
public final class Relay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration NEXT_TURN = Duration.ofMillis(10);
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final Duration LAST_BACKOFF = Duration.ofSeconds(5);

  /** A batch ends in less than this unless the broker is away. */
  private static final Duration ORDERLY_END = Duration.ofSeconds(7);

  private final DataSource database;
  private final Supplier<Producer<byte[], byte @Nullable []>> producers;
  private final Doorbell bell;
  private final Records records;
  private final Duration settled;
  private final Counter published;
  private final Troubles troubles;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "outbox-relay");
  private RelaySession.InDoubt inDoubt = RelaySession.InDoubt.NOTHING;
  private Duration backoff = FIRST_BACKOFF;
  private volatile @Nullable String fault = "The relay has not published or looked yet";

  /**
   * @param service the events' source
   * @param producers a new idempotent producer each time; see {@link RelayProducers}
   * @param settled how long after a fault a record may still arrive at the broker
   */
  public Relay(
      String service,
      DataSource database,
      Supplier<Producer<byte[], byte @Nullable []>> producers,
      Doorbell bell,
      Duration settled,
      MeterRegistry meters,
      Troubles troubles) {
    this.records = new Records(service);
    this.database = database;
    this.producers = producers;
    this.bell = bell;
    this.settled = settled;
    this.published =
        Counter.builder("outbox.published").description("Rows published").register(meters);
    this.troubles = troubles;
  }

  public void start() {
    thread.start();
  }

  /** What keeps the relay from publishing at the moment; null while it works. */
  public @Nullable String fault() {
    return fault;
  }

  /**
   * Finishes the batch at hand and leaves the rest to another replica, at once. A batch the broker
   * does not answer is given up after 7 s; its rows stay.
   */
  @Override
  public void close() {
    stopped.countDown();
    bell.ring();
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      if (!thread.join(ORDERLY_END)) {
        thread.interrupt();
        thread.join(ORDERLY_END);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!isStopped()) {
      try {
        session();
      } catch (SQLException | RuntimeException e) {
        fault = String.valueOf(e.getMessage());
        LOG.atWarn()
            .addKeyValue("fault", fault)
            .addKeyValue("cause", e.getCause())
            .log("The outbox relay lost its batch and begins again");
        pause(backoff);
        backoff =
            backoff.multipliedBy(2).compareTo(LAST_BACKOFF) < 0
                ? backoff.multipliedBy(2)
                : LAST_BACKOFF;
      }
    }
  }

  /** Until a fault, or the stop. */
  private void session() throws SQLException {
    try (RelaySession session = open()) {
      try {
        session.follow(inDoubt);
        while (!isStopped()) {
          step(session);
        }
      } finally {
        inDoubt = session.inDoubt();
      }
    }
  }

  private RelaySession open() throws SQLException {
    RelayConnection connection = RelayConnection.open(database);
    try {
      var lanes = new Lanes(producers);
      return new RelaySession(connection, lanes, records, settled, published, troubles);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void step(RelaySession session) throws SQLException {
    RelaySession.Found found = session.relay();
    fault = found == RelaySession.Found.HALTED ? "Publishing is halted" : null;
    backoff = FIRST_BACKOFF;
    switch (found) {
      case ROWS -> pause(session.gathering());
      case NOTHING, HALTED -> bell.await(POLL);
      case ANOTHER_RELAY -> pause(NEXT_TURN);
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private void pause(Duration time) {
    try {
      var _ = stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // Only close() interrupts, so the loop ends.
      Thread.currentThread().interrupt();
    }
  }
}
