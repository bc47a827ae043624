package dev.perch.tsn.plan.check;

/** Periods. */
final class Arithmetic {
  private Arithmetic() {}

  static long gcd(long a, long b) {
    while (b != 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }

  /** The least common multiple; {@code Long.MAX_VALUE} if it, or one of the two, is too large. */
  static long lcm(long a, long b) {
    if (a == Long.MAX_VALUE || b == Long.MAX_VALUE) {
      return Long.MAX_VALUE;
    }
    long factor = b / gcd(a, b);
    return Math.multiplyHigh(a, factor) != 0 || a * factor < 0 ? Long.MAX_VALUE : a * factor;
  }
}
