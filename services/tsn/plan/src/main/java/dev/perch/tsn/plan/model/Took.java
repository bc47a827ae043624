package dev.perch.tsn.plan.model;

import java.time.Duration;

/**
 * How long the parts of the work took.
 *
 * @param placing finding routes, times and queues
 * @param compiling gate lists
 * @param checking what came of it
 */
public record Took(Duration placing, Duration compiling, Duration checking) {
  public static final Took NOTHING = new Took(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** All that leads to a plan: placing and compiling. */
  public Duration planning() {
    return placing.plus(compiling);
  }

  public Took plus(Took more) {
    return new Took(
        placing.plus(more.placing), compiling.plus(more.compiling), checking.plus(more.checking));
  }

  public Took minus(Took less) {
    return new Took(
        placing.minus(less.placing),
        compiling.minus(less.compiling),
        checking.minus(less.checking));
  }
}
