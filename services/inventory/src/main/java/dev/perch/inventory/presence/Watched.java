package dev.perch.inventory.presence;

import java.util.UUID;

/**
 * A host whose newest session was opened at this replica, from its welcome until it is offline or
 * another session takes its place. A connection that ends changes nothing: its host may return.
 */
public final class Watched {
  /** What this replica last found. */
  enum Found {
    PRESENT,
    DEGRADED,
    OFFLINE
  }

  private final UUID host;
  private final UUID site;
  private final long session;
  private final long beatNanos;
  private final Runnable silent;

  /** Both written by the connection's event loop. */
  private volatile long heardAt;

  private volatile long lostAt;

  /** Written by the watch' own thread. */
  private volatile Found found = Found.PRESENT;

  private volatile boolean ended;

  /**
   * @param silent called once when the host was found offline
   */
  public Watched(UUID host, UUID site, long session, long beatMillis, long now, Runnable silent) {
    this.host = host;
    this.site = site;
    this.session = session;
    this.beatNanos = beatMillis * 1_000_000;
    this.heardAt = now;
    this.silent = silent;
  }

  public UUID host() {
    return host;
  }

  UUID site() {
    return site;
  }

  long session() {
    return session;
  }

  long beatNanos() {
    return beatNanos;
  }

  long heardAt() {
    return heardAt;
  }

  /** How much time had been lost when it was heard. */
  long lostAt() {
    return lostAt;
  }

  void heard(long now, long lost) {
    heardAt = now;
    lostAt = lost;
  }

  Found found() {
    return found;
  }

  void found(Found now) {
    found = now;
    if (now == Found.OFFLINE) {
      silent.run();
    }
  }

  /** Another session took over: this replica does not judge the host any more. */
  public void end() {
    ended = true;
  }

  boolean isEnded() {
    return ended;
  }
}
