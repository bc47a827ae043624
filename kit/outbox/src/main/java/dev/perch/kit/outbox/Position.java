package dev.perch.kit.outbox;

import java.util.Comparator;

/**
 * Where a record or a row stands in the history of its key: the epoch counts before the version.
 */
record Position(long epoch, long version) implements Comparable<Position> {
  private static final Comparator<Position> ORDER =
      Comparator.comparingLong(Position::epoch).thenComparingLong(Position::version);

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  boolean isBefore(Position other) {
    return compareTo(other) < 0;
  }
}
