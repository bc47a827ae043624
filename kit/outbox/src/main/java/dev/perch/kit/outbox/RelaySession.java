package dev.perch.kit.outbox;

import io.micrometer.core.instrument.Counter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A relay's connection and producers. All are given up together at the first fault, the producers
 * without sending what they still hold: nothing is sent behind what a fault left unclear.
 *
 * <p>A batch is one transaction, and its steps have one order: the rows are announced, sent,
 * acknowledged, deleted; the transaction commits; the end is told. A relay that finds an
 * announcement without its end knows that another one died in between, and that records of those
 * rows may still arrive; it reports their keys as {@link Suspects}.
 */
final class RelaySession implements AutoCloseable {

  /** What a call of {@link #relay} found. */
  enum Found {
    /** Rows; they are published. */
    ROWS,
    /** No rows. */
    NOTHING,
    /** Another relay at work. */
    ANOTHER_RELAY,
    /** That the service must not publish. */
    HALTED
  }

  /** So many rows are sent one by one within the time the database waits for. */
  private static final int SINGLY = 200;

  /**
   * A batch costs transactions and flushes, however small it is. So the more come at once, the
   * longer more are waited for: hardly at all while few come, and at most this long.
   */
  private static final Duration LONGEST_GATHERING = Duration.ofMillis(25);

  private static final Duration GATHERING_PER_ROW = Duration.ofNanos(200_000);

  private static final Duration SCAN_FROM_BOTTOM = Duration.ofMinutes(1);

  private final RelayConnection lease;
  private final Connection connection;
  private final Lanes lanes;
  private final Records records;
  private final Duration settled;
  private final Counter published;
  private final Troubles troubles;
  private final LowWaterMark mark = new LowWaterMark();
  private InDoubt inDoubt = InDoubt.NOTHING;
  private long singlyUpTo;
  private long released;
  private long scannedFromBottom = System.nanoTime();
  private Duration gathering = Duration.ZERO;

  RelaySession(
      RelayConnection lease,
      Lanes lanes,
      Records records,
      Duration settled,
      Counter published,
      Troubles troubles) {
    this.lease = lease;
    this.connection = lease.get();
    this.lanes = lanes;
    this.records = records;
    this.settled = settled;
    this.published = published;
    this.troubles = troubles;
  }

  /**
   * What a session sent, or may have sent, in a transaction that did not commit.
   *
   * @param last the last row of it
   */
  record InDoubt(Set<Subject> subjects, long last) {
    static final InDoubt NOTHING = new InDoubt(Set.of(), 0);
  }

  /** Reports the keys that an earlier session left in doubt, and sends its rows with more care. */
  void follow(InDoubt earlier) throws SQLException {
    inDoubt = earlier;
    singlyUpTo = earlier.last();
    if (!earlier.subjects().isEmpty()) {
      Suspects.add(connection, earlier.subjects(), settled);
      connection.commit();
    }
    inDoubt = InDoubt.NOTHING;
  }

  InDoubt inDoubt() {
    return inDoubt;
  }

  private boolean isSingly() {
    return singlyUpTo > 0;
  }

  /**
   * Publishes one batch.
   *
   * @throws SQLException if the transaction was lost
   * @throws org.apache.kafka.common.KafkaException if the broker did not take a record now
   */
  Found relay() throws SQLException {
    Turn turn = Turn.begin(connection);
    if (!turn.mine() || turn.halted()) {
      connection.rollback();
      return turn.mine() ? Found.HALTED : Found.ANOTHER_RELAY;
    }
    List<List<OutboxRow>> waves = take(turn);
    if (waves.isEmpty()) {
      connection.rollback();
      return Found.NOTHING;
    }
    publish(turn, waves);
    mark.scannedTo(waves.getLast().getLast().id());
    gathering = gathering(Waves.rows(waves).size());
    return Found.ROWS;
  }

  /** How long rows for the next batch are to be gathered; not at all if this one was full. */
  Duration gathering() {
    return gathering;
  }

  private static Duration gathering(int rows) {
    Duration wanted = GATHERING_PER_ROW.multipliedBy(rows);
    return rows >= OutboxRow.MAX_ROWS
        ? Duration.ZERO
        : Collections.min(List.of(wanted, LONGEST_GATHERING));
  }

  private List<List<OutboxRow>> take(Turn turn) throws SQLException {
    if (turn.released() != released) {
      released = turn.released();
      mark.forget();
    }
    mark.observe(connection);
    List<List<OutboxRow>> waves =
        Waves.first(
            OutboxRow.lowest(connection, mark.id(), isSingly() ? SINGLY : OutboxRow.MAX_ROWS));
    if (waves.isEmpty()) {
      mark.scannedToEnd();
      scanFromBottomSometimes();
    }
    return waves;
  }

  /** Only while nothing waits, because the walk over deleted rows may take a second. */
  private void scanFromBottomSometimes() {
    if (System.nanoTime() - scannedFromBottom > SCAN_FROM_BOTTOM.toNanos()) {
      scannedFromBottom = System.nanoTime();
      mark.forget();
    }
  }

  private void publish(Turn turn, List<List<OutboxRow>> waves) throws SQLException {
    List<OutboxRow> taken = Waves.rows(waves);
    List<OutboxRow> rows = turn.setAside() ? SetAside.moveFollowers(connection, taken) : taken;
    long last = taken.getLast().id();
    announce(rows, last);
    Shipment shipment = send(rows.size() == taken.size() ? waves : Waves.of(rows));
    Map<OutboxRow, String> refused = SetAside.waiting(rows, shipment.refused());
    SetAside.move(connection, refused);
    if (shipment.isDelivered()) {
      delete(turn, rows);
      commit(last);
      confirm(last);
      published.increment(rows.size() - refused.size());
    } else {
      giveUp();
    }
    SetAside.report(refused, troubles);
    shipment.requireDelivered();
  }

  private void announce(List<OutboxRow> rows, long last) throws SQLException {
    Turn.announce(connection, last);
    inDoubt = new InDoubt(rows.stream().map(OutboxRow::subject).collect(Collectors.toSet()), last);
  }

  private Shipment send(List<List<OutboxRow>> waves) {
    Shipment shipment = new Shipment(lanes, records);
    // Alone, a record that is too large is refused by name; together with others, all time out.
    shipment.send(isSingly() ? Waves.rows(waves).stream().map(List::of).toList() : waves);
    return shipment;
  }

  private void delete(Turn turn, List<OutboxRow> rows) throws SQLException {
    Set<Subject> late =
        rows.stream()
            .filter(turn::mayHaveBeenSent)
            .map(OutboxRow::subject)
            .collect(Collectors.toSet());
    if (!late.isEmpty()) {
      Suspects.add(connection, late, settled);
    }
    OutboxRow.delete(connection, rows);
  }

  private void commit(long last) throws SQLException {
    connection.commit();
    inDoubt = InDoubt.NOTHING;
    if (last >= singlyUpTo) {
      singlyUpTo = 0;
    }
  }

  private void confirm(long last) throws SQLException {
    Turn.confirm(connection, last);
    connection.commit();
  }

  /**
   * Ends a batch that failed, and keeps what was set aside, so that the same row is not refused
   * again. The transaction's end lets another relay send, so the producers are closed before it.
   */
  private void giveUp() throws SQLException {
    lanes.close();
    connection.commit();
  }

  @Override
  public void close() {
    // The transaction ends after the producers, because its end lets another relay send.
    try (lease) {
      lanes.close();
    }
  }
}
