package dev.perch.certmon.issuer;

import dev.perch.certmon.issue.Challenge;
import dev.perch.certmon.issue.ChallengeSolver;
import dev.perch.certmon.issue.ChallengeType;

/**
 * Answers from what is stored. The state of an issuance has its challenges, and it is committed
 * before the authority is told to look: every replica answers, and nothing is left to present or to
 * remove.
 */
record StoredAnswers(ChallengeType type) implements ChallengeSolver {

  @Override
  public void present(Challenge challenge) {}

  @Override
  public void remove(Challenge challenge) {}
}
