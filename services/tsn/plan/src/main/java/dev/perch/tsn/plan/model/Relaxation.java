package dev.perch.tsn.plan.model;

/**
 * The smallest change of a refused stream that the planner found to be accepted; it was tried, not
 * guessed.
 *
 * @param property what to change
 * @param asked the value that was refused
 * @param accepted the value that is accepted
 */
public record Relaxation(Property property, long asked, long accepted) {
  /** What of a stream can be relaxed. */
  public enum Property {
    /** Bytes: a smaller one. */
    FRAME_BYTES,
    /** ns: a longer one. */
    INTERVAL,
    /** ns: a later bound. */
    MAX_LATENCY,
    /** ns: a later one. */
    LATEST_OFFSET
  }
}
