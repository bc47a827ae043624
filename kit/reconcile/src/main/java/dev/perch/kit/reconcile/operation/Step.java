package dev.perch.kit.reconcile.operation;

import java.time.Duration;
import java.util.Optional;

/**
 * One step of an operation. Every method may be called again after a crash at any point of it, so
 * each is idempotent; none is called by two processes at once unless one of them has lost its
 * lease.
 */
public interface Step {

  /** Unique among the steps of its kind, and for ever: running operations are stored by it. */
  String name();

  /**
   * Does the work, or the next piece of it.
   *
   * @throws Exception of I/O or the database is a transient failure, any other an internal one
   */
  StepResult run(StepContext context) throws Exception;

  /**
   * Asks the peer what became of an earlier {@link #run}, before each further one. A peer that
   * cannot tell a stale request from a new one needs it.
   *
   * @return empty to have the step run again
   */
  default Optional<StepResult> readBack(StepContext context) throws Exception {
    return Optional.empty();
  }

  /**
   * Undoes what {@link #run} did, also if that ended in the middle or did nothing. A failure is
   * tried again until it succeeds.
   */
  default StepResult compensate(StepContext context) throws Exception {
    return StepResult.done();
  }

  /** For how long transient failures in a row are tried again before the operation fails. */
  default Duration patience() {
    return Duration.ofMinutes(10);
  }
}
