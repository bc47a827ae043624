package dev.perch.tsn.plan.engine;

import java.util.Arrays;

/** The periods in use, numbered in order of appearance, and their greatest common divisors. */
final class Periods {
  private int[] periods = new int[0];
  private int[][] divisors = new int[0][];
  private int common;

  /** The number of a period, which is new or known. */
  int number(int period) {
    for (int i = 0; i < periods.length; i++) {
      if (periods[i] == period) {
        return i;
      }
    }
    int number = periods.length;
    periods = Arrays.copyOf(periods, number + 1);
    periods[number] = period;
    common = gcd(common, period);
    divisors = Arrays.copyOf(divisors, number + 1);
    for (int i = 0; i <= number; i++) {
      int[] row = divisors[i];
      divisors[i] = row == null ? new int[number + 1] : Arrays.copyOf(row, number + 1);
    }
    for (int i = 0; i <= number; i++) {
      divisors[i][number] = gcd(periods[i], period);
      divisors[number][i] = divisors[i][number];
    }
    return number;
  }

  int count() {
    return periods.length;
  }

  int period(int number) {
    return periods[number];
  }

  /** Greatest common divisor of two periods, by number. */
  int divisor(int one, int other) {
    return divisors[one][other];
  }

  /** Greatest common divisor of all periods; 0 if there is none yet. */
  int common() {
    return common;
  }

  static int gcd(int a, int b) {
    while (b != 0) {
      int rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }
}
