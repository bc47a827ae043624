package dev.perch.bench.tsn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * A result and how long it took.
 *
 * @param millis median of all measured runs
 */
record Timed<T>(T result, double millis) {
  private static final int RUNS = 5;

  /** The median of five runs after one that is not counted; the result is the last one's. */
  static <T> Timed<T> median(Supplier<T> work) {
    var _ = work.get();
    List<Timed<T>> runs = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      runs.add(once(work));
    }
    double[] millis = runs.stream().mapToDouble(Timed::millis).sorted().toArray();
    return new Timed<>(runs.getLast().result, millis[RUNS / 2]);
  }

  static <T> Timed<T> once(Supplier<T> work) {
    long begin = System.nanoTime();
    T result = work.get();
    return new Timed<>(result, (System.nanoTime() - begin) / 1e6);
  }

  /**
   * @param share 0.5 for the median
   */
  static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
  }
}
