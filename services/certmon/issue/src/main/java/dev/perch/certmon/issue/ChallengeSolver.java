package dev.perch.certmon.issue;

import java.io.IOException;
import java.util.List;

/**
 * Makes the answer to a challenge visible to the world. Presenting twice and removing what is not
 * there are no faults: both happen after a crash.
 */
public interface ChallengeSolver {

  ChallengeType type();

  /** Whether it can answer for this name, for example because the name lies in its DNS zone. */
  default boolean answersFor(SubjectName name) {
    return type().proves(name);
  }

  /**
   * Puts the answer where the authority will look.
   *
   * @throws IOException if that failed; it will be tried again
   */
  void present(Challenge challenge) throws IOException;

  /** Whether the authority may be told to look. */
  default boolean isVisible(Challenge challenge) throws IOException {
    return true;
  }

  /** Takes the answer away. */
  void remove(Challenge challenge) throws IOException;

  /** What would keep it from presenting an answer now, as far as it can tell without one. */
  default List<Finding> check() {
    return List.of();
  }
}
