package dev.perch.tsn.plan.picture;

import java.io.IOException;
import java.math.BigDecimal;

/**
 * From time to place, with a scale in round steps.
 *
 * @param from ns
 * @param to ns
 * @param left where {@code from} is
 * @param width of all of it
 */
record TimeAxis(long from, long to, double left, double width) {
  private static final int STEPS = 10;

  double x(long time) {
    return left + width * (time - from) / (to - from);
  }

  /** How wide a time is; never too narrow to be seen. */
  double length(long duration) {
    return Math.max(0.75, width * duration / (to - from));
  }

  /** Lines from top to bottom, a figure below each. */
  void draw(Svg svg, double top, double bottom) throws IOException {
    long step = step();
    for (long time = Math.ceilDiv(from, step) * step; time <= to; time += step) {
      svg.line("grid", x(time), top, x(time), bottom);
      svg.text("small middle", x(time), bottom + 14, figure(time));
    }
    svg.line("axis", left, bottom, left + width, bottom);
    svg.text("end", left + width, bottom + 30, "time in " + unit());
  }

  /** 1, 2 or 5 times a power of ten. */
  private long step() {
    long rough = Math.max(1, (to - from) / STEPS);
    long power = 1;
    while (power * 10 <= rough) {
      power *= 10;
    }
    for (int factor : new int[] {1, 2, 5}) {
      if (power * factor >= rough) {
        return power * factor;
      }
    }
    return power * 10;
  }

  private String figure(long time) {
    return BigDecimal.valueOf(time).movePointLeft(decimals()).stripTrailingZeros().toPlainString();
  }

  private int decimals() {
    return step() >= 100_000 ? 6 : step() >= 100 ? 3 : 0;
  }

  private String unit() {
    return switch (decimals()) {
      case 6 -> "ms";
      case 3 -> "µs";
      default -> "ns";
    };
  }
}
