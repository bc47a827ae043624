package dev.perch.inventory.link;

/**
 * How much may still be sent: a bucket that fills steadily and is never fuller than its burst. For
 * one thread.
 */
final class Allowance {
  private final double perNano;
  private final double burst;
  private double left;
  private long at;

  /**
   * @param now in nanoseconds, as System.nanoTime
   */
  Allowance(double perSecond, double burst, long now) {
    this.perNano = perSecond / 1e9;
    this.burst = burst;
    this.left = burst;
    this.at = now;
  }

  /** Takes so much of it, if there is so much. */
  boolean take(double amount, long now) {
    left = Math.min(burst, left + (now - at) * perNano);
    at = now;
    if (left < amount) {
      return false;
    }
    left -= amount;
    return true;
  }
}
