package dev.perch.kit.outbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rows in their order, divided so that no wave has two rows of one key.
 *
 * <p>The producer keeps the order of what it sends until something fails: a batch that is not
 * acknowledged in time is given up, and the one behind it is sent all the same. So no row is sent
 * before the row of its key that precedes it is acknowledged. Rows of different keys, which is most
 * of them, need no order and share a wave.
 */
final class Waves {
  /** What fits into the time the database leaves a transaction that waits for the broker. */
  static final int MOST = 100;

  private Waves() {}

  static List<List<OutboxRow>> of(List<OutboxRow> rows) {
    List<List<OutboxRow>> waves = new ArrayList<>();
    List<OutboxRow> wave = new ArrayList<>();
    Set<Subject> keys = new HashSet<>();
    for (OutboxRow row : rows) {
      if (!keys.add(row.subject())) {
        waves.add(wave);
        wave = new ArrayList<>();
        keys.clear();
        keys.add(row.subject());
      }
      wave.add(row);
    }
    if (!wave.isEmpty()) {
      waves.add(wave);
    }
    return waves;
  }

  /** The first waves, at most {@link #MOST}; the rows behind them wait. */
  static List<List<OutboxRow>> first(List<OutboxRow> rows) {
    List<List<OutboxRow>> waves = of(rows);
    return waves.subList(0, Math.min(MOST, waves.size()));
  }

  static List<OutboxRow> rows(List<List<OutboxRow>> waves) {
    return waves.stream().flatMap(List::stream).toList();
  }
}
