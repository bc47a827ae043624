package dev.perch.bench.tsn;

import java.util.Arrays;

/** What many times say together. */
final class Quantiles {
  private Quantiles() {}

  /**
   * @param share 0.5 for the median
   */
  static double at(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
  }
}
