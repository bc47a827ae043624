package dev.perch.kit.reconcile;

/**
 * Brings what is observed of one key to what is desired of it. It reads both from the database each
 * time: a wake says that something may have changed, never what.
 *
 * <p>It runs on a virtual thread and may block. No other process works on the same key of the queue
 * while the claim is held, but the one before may have died at any point, and its last action on a
 * peer may still be on its way.
 */
@FunctionalInterface
public interface Reconciler {

  /**
   * @throws Exception of I/O or the database is a {@link ErrorClass#TRANSIENT} failure, any other
   *     an {@link ErrorClass#INTERNAL} one
   * @throws InterruptedException when this process is stopping or the lease is lost: the key is
   *     handed back
   */
  Outcome reconcile(Claim claim) throws Exception;
}
