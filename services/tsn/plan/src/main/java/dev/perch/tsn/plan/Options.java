package dev.perch.tsn.plan;

import java.time.Duration;

/**
 * How a planner works.
 *
 * @param limit after which it begins nothing new; what it has by then is the answer
 * @param admissionLimit the same for the admission of one stream that may move others, and for the
 *     explanation of refusals
 * @param seed of the random choices: the same input and seed give the same plan, as long as no
 *     limit of time cuts the search short
 * @param relaxations whether refusals look for what would be accepted
 * @param proofs whether CP-SAT may be asked: for new times of whole neighbourhoods, and to prove
 *     that a refusal is right
 */
public record Options(
    Duration limit, Duration admissionLimit, long seed, boolean relaxations, boolean proofs) {
  /** 10 s for a plan, 50 ms for a stream, seed 0, refusals explained and proved. */
  public static final Options DEFAULT =
      new Options(Duration.ofSeconds(10), Duration.ofMillis(50), 0, true, true);

  public Options {
    if (limit.isNegative() || admissionLimit.isNegative()) {
      throw new IllegalArgumentException("a limit of time cannot be negative");
    }
  }

  public Options withLimit(Duration limit) {
    return new Options(limit, admissionLimit, seed, relaxations, proofs);
  }

  public Options withAdmissionLimit(Duration admissionLimit) {
    return new Options(limit, admissionLimit, seed, relaxations, proofs);
  }

  public Options withSeed(long seed) {
    return new Options(limit, admissionLimit, seed, relaxations, proofs);
  }

  /** Refusals tell what is in the way, and nothing that takes a search. */
  public Options unexplained() {
    return new Options(limit, admissionLimit, seed, false, false);
  }
}
