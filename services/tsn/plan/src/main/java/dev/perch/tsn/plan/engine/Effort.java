package dev.perch.tsn.plan.engine;

/**
 * How many steps a search may still take: other than a limit of time, it is the same every time.
 */
public final class Effort {
  private int steps;

  public Effort(int steps) {
    this.steps = steps;
  }

  /** Takes one step; false if none is left. */
  public boolean spend() {
    return steps-- > 0;
  }
}
