package dev.perch.certmon.issue;

import java.time.Duration;

/** What {@link Issuer#advance} came to. In each case the state is to be committed. */
public sealed interface Step {

  Issuance state();

  /** It went on; unless it is issued, call again at once. */
  record Advanced(Issuance state) implements Step {}

  /**
   * The authority, or the world's DNS, needs time.
   *
   * @param pause how long to wait before the next call
   */
  record Waiting(Issuance state, Duration pause) implements Step {}

  /**
   * It failed.
   *
   * @param state where to go on when it is tried again: where it was, or at the beginning if the
   *     authority has given up what there was
   */
  record Failed(Issuance state, Failure failure) implements Step {}
}
