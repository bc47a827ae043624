package dev.perch.kit.inbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition was applied, as the database has it.
 *
 * @param topicId Kafka's id of the topic: a topic that was deleted and created again has another
 * @param next the first offset that was not applied
 * @param caughtUpAt everything appended before this moment has been read. A pass does not move it:
 *     whoever ends a pass before the first tombstone appended in it is gone has missed none
 * @param pass how often the partition was read again from its start to find what was deleted
 * @param sweepAt where the pass under way ends: keys it has not met before this offset are gone;
 *     null if none is under way
 */
record Position(UUID topicId, long next, Instant caughtUpAt, int pass, @Nullable Long sweepAt) {

  /** Nothing was read yet, and nothing need be swept. */
  static Position first(UUID topicId, long start, Instant now) {
    return new Position(topicId, start, now, 0, null);
  }

  /** The same keys, to be read again elsewhere. */
  Position movedTo(Position start) {
    return new Position(start.topicId, start.next, start.caughtUpAt, pass, null);
  }

  /** The next pass: all is read again, up to what is the topic's end now. */
  Position nextPass(long start, long end, Instant now) {
    return new Position(topicId, start, now, pass + 1, end);
  }

  Position after(Claim claim) {
    Instant newest = Instant.ofEpochMilli(claim.records().getLast().timestamp());
    boolean later = sweepAt == null && claim.end() > next && newest.isAfter(caughtUpAt);
    return new Position(
        topicId, Math.max(next, claim.end()), later ? newest : caughtUpAt, pass, sweepAt);
  }

  boolean isInPass() {
    return sweepAt != null;
  }

  /** Whether a pass under way has met all it can meet. */
  boolean isPassComplete() {
    return sweepAt != null && next >= sweepAt;
  }

  Position swept() {
    return new Position(topicId, next, caughtUpAt, pass, null);
  }
}
