package dev.perch.tsn.plan.model;

/** Why a stream was refused, as the standard numbers it (IEEE 802.1Q table 46-15). */
public enum FailureCode {
  INSUFFICIENT_BANDWIDTH(1),
  /** Gate lists, queues or cycles of a bridge. */
  INSUFFICIENT_BRIDGE_RESOURCES(2),
  /** There is bandwidth, but not at a time that suits the streams already there. */
  INSUFFICIENT_BANDWIDTH_FOR_TRAFFIC_CLASS(3),
  STREAM_ID_IN_USE(4),
  /** The frame does not fit the medium, or not the interval. */
  MAX_FRAME_SIZE_TOO_LARGE(14),
  MAX_LATENCY_EXCEEDED(21),
  /** Jitter below what the clocks allow, more disjoint trees than the network has, no path. */
  FEATURE_NOT_SUPPORTED(25);

  private final int code;

  FailureCode(int code) {
    this.code = code;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }
}
