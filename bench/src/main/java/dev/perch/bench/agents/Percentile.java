package dev.perch.bench.agents;

import java.util.List;

/** Nearest rank. */
final class Percentile {
  private Percentile() {}

  static double of(List<Long> values, int percent) {
    long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
    int rank = (int) Math.ceil(sorted.length * percent / 100.0);
    return sorted.length == 0 ? Double.NaN : sorted[Math.max(rank, 1) - 1];
  }
}
