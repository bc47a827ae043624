package dev.perch.tsn.plan.engine;

import java.util.Arrays;

/**
 * Arrays that most layouts have alike, made once: where clocks are exact nobody leads or is
 * uncertain, and a stream with one listener goes from hop to hop. Nobody writes into them.
 */
final class Alike {
  private static final int HOPS = 64;
  private static final int[][] ZEROS = new int[HOPS][];
  private static final int[][] CHAINS = new int[HOPS][];

  static {
    for (int hops = 0; hops < HOPS; hops++) {
      ZEROS[hops] = new int[hops];
      CHAINS[hops] = new int[hops];
      Arrays.setAll(CHAINS[hops], hop -> hop - 1);
    }
  }

  private Alike() {}

  /** The array itself, or one with the same numbers. */
  static int[] shared(int[] numbers) {
    if (numbers.length < HOPS) {
      if (Arrays.equals(numbers, ZEROS[numbers.length])) {
        return ZEROS[numbers.length];
      }
      if (Arrays.equals(numbers, CHAINS[numbers.length])) {
        return CHAINS[numbers.length];
      }
    }
    return numbers;
  }
}
