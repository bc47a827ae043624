package dev.perch.contract.certmon;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a certificate is at one of its targets.
 *
 * @param target its place in the certificate's targets, from 0
 * @param revision the number of the revision this is about; null while there is none to publish
 * @param state null if the writer is newer and uses a word this reader does not know
 * @param since when it became so
 * @param message for people; never a secret
 */
public record Publication(
    int target,
    @Nullable Integer revision,
    @Nullable State state,
    Instant since,
    @Nullable String message) {

  /** What is known. */
  public enum State {
    /** It is on its way. */
    PENDING,
    /** It is in place; nothing has proven yet that it is what is served. */
    PUBLISHED,
    /** It was read back there, and is what the probe is served if one is named. */
    VERIFIED,
    /** It could not be put in place, or something else is served. */
    DEGRADED,
    /** Somebody else puts something else in place again and again: nothing more is written. */
    CONTESTED
  }
}
