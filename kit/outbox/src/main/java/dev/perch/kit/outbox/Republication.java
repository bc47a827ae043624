package dev.perch.kit.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of the state audit, as the admin API shows it.
 *
 * @param reason why it was asked for
 * @param newEpoch whether it begins with a new epoch, and so publishes everything again
 * @param epoch the new epoch, once it is raised
 * @param compared how many keys were compared so far
 * @param republished how many states went to the outbox
 * @param tombstoned how many tombstones went to the outbox
 * @param detail what went wrong, or what it found
 */
record Republication(
    long id,
    String reason,
    boolean newEpoch,
    @Nullable Long epoch,
    State state,
    long compared,
    long republished,
    long tombstoned,
    @Nullable String detail,
    Instant requestedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /** Where a run is. One that fails is requested again, a minute later. */
  enum State {
    REQUESTED,
    RUNNING,
    DONE,
    /** The database is behind a topic; publishing has stopped. */
    HALTED
  }
}
