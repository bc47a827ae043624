package dev.perch.contract.link;

import java.util.Arrays;
import java.util.Optional;

/** Why the server closes a link: WebSocket close codes of the private range (RFC 6455 §7.4.2). */
public enum LinkClose {
  /**
   * The proof is not good. Says no more. The agent waits as after any failure, and alarms itself.
   */
  REFUSED(4001),

  /** A newer session of the same host was opened. An agent that did not open it is a duplicate. */
  SUPERSEDED(4002),

  /** The agent's protocol version is not supported. */
  OUTDATED(4003),

  /** Something that is no message, or none that may come now. */
  MALFORMED(4004),

  /** A message or a frame is too long. */
  TOO_LARGE(4005),

  /** Too many messages, or too many reports that were not acknowledged yet. */
  TOO_MANY(4006),

  /** {@code hello} did not come in time. */
  TOO_LATE(4007),

  /** The host was removed, or its key revoked, while it was connected. */
  REVOKED(4008),

  /** The server cannot take the host now: try again, perhaps elsewhere. */
  BUSY(4009),

  /** The server ends; {@code moved} was sent before. */
  MOVED(4010);

  private final int code;

  LinkClose(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public static Optional<LinkClose> of(int code) {
    return Arrays.stream(values()).filter(close -> close.code == code).findFirst();
  }
}
