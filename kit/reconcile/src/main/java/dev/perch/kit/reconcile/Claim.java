package dev.perch.kit.reconcile;

/**
 * The right to work on one key, for as long as its lease is renewed. It may be lost at any time: by
 * a frozen process, a slow database. So every write checks the fence in its own transaction ({@link
 * WorkItems#requireHeld}), and an action on a peer is preceded by {@link #requireHeld}.
 */
public final class Claim {
  private final String queue;
  private final String key;
  private final long fence;
  private final int attempt;
  private volatile long heldUntil;

  /**
   * @param fence higher than that of any claim before, of whichever key
   * @param attempt how often in a row this key has failed
   * @param heldUntil by {@link System#nanoTime}
   */
  Claim(String queue, String key, long fence, int attempt, long heldUntil) {
    this.queue = queue;
    this.key = key;
    this.fence = fence;
    this.attempt = attempt;
    this.heldUntil = heldUntil;
  }

  public String queue() {
    return queue;
  }

  public String key() {
    return key;
  }

  /** Rises with each claim: a peer that remembers the highest can refuse a stale worker. */
  public long fence() {
    return fence;
  }

  /** How often in a row this key has failed. */
  public int attempt() {
    return attempt;
  }

  /** Whether nobody else can have claimed the key yet, as far as this process can know. */
  public boolean isHeld() {
    return heldUntil - System.nanoTime() > 0;
  }

  /**
   * @throws LeaseLostException if somebody else may work on the key
   */
  public void requireHeld() {
    if (!isHeld()) {
      throw new LeaseLostException(this);
    }
  }

  void renewed(long until) {
    heldUntil = until;
  }

  void lost() {
    heldUntil = System.nanoTime();
  }

  @Override
  public String toString() {
    return queue + "/" + key + " #" + fence;
  }
}
