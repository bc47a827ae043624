package dev.perch.contract.link;

import java.time.Duration;

/** Numbers and names both ends agree on. */
public final class LinkProtocol {
  /** What this version of Perch speaks best. */
  public static final int NEWEST = 1;

  /** The oldest version it still speaks: two before the newest, once there are so many. */
  public static final int OLDEST = Math.max(1, NEWEST - 2);

  /** Where the WebSocket is opened. */
  public static final String PATH = "/agent/v1/link";

  /** Where an agent enrols, by {@code POST} of an {@link EnrolmentRequest}. */
  public static final String ENROL_PATH = "/agent/v1/enrol";

  /** A message whose JSON is longer, in bytes of UTF-8, is sent gzipped. */
  public static final int PLAIN_MAX = 1024;

  /** The longest frame, as it is on the wire. */
  public static final int FRAME_MAX = 256 * 1024;

  /** The longest message, as JSON. */
  public static final int MESSAGE_MAX = 1024 * 1024;

  /** How many reports an agent may have sent that are not acknowledged. */
  public static final int OPEN_REPORTS = 64;

  /** How often an agent sends the digests of all facets, besides in {@code hello}. */
  public static final Duration DIGESTS_EVERY = Duration.ofMinutes(10);

  private LinkProtocol() {}
}
