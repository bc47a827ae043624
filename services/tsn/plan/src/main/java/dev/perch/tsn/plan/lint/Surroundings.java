package dev.perch.tsn.plan.lint;

import org.jspecify.annotations.Nullable;

/**
 * What a schedule does not say itself, but has to fit to.
 *
 * @param rateMbps the link's rate, Mbit/s
 * @param frameBytes the largest frame that has to fit into a window, layer 2, MAC header to CRC
 * @param otherFrameBytes the largest frame of other classes: the guard band
 * @param applicationCycle how often the application sends, ns; null if unknown
 * @param now CLOCK_TAI, ns since its epoch
 */
public record Surroundings(
    long rateMbps, int frameBytes, int otherFrameBytes, @Nullable Long applicationCycle, long now) {
  /** Preamble, delimiter and gap. */
  private static final int WIRE_OVERHEAD = 20;

  public Surroundings {
    if (rateMbps <= 0 || frameBytes <= 0 || otherFrameBytes <= 0) {
      throw new IllegalArgumentException("rate and frames are positive");
    }
  }

  long frameTime() {
    return onWire(frameBytes);
  }

  long guardBand() {
    return onWire(otherFrameBytes);
  }

  long onWire(int bytes) {
    return Math.ceilDiv((bytes + WIRE_OVERHEAD) * 8L * 1000, rateMbps);
  }
}
