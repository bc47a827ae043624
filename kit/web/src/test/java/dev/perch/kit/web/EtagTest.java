package dev.perch.kit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EtagTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123456Z");
  private static final String CURRENT = Etag.of(7, NOW);

  @Test
  void theSameVersionAtAnotherTimeHasAnotherTag() {
    assertThat(CURRENT).matches("\"7-[0-9a-z]+\"");
    assertThat(Etag.of(7, NOW.plusNanos(1000))).isNotEqualTo(CURRENT);
    assertThat(Etag.of(8, NOW)).isNotEqualTo(CURRENT);
  }

  @Test
  void aChangeNeedsAPrecondition() {
    assertThat(problem(null)).isInstanceOf(Problem.PreconditionRequired.class);
  }

  @Test
  void anOldOrWeakTagFailsThePrecondition() {
    assertThat(problem(Etag.of(6, NOW))).isInstanceOf(Problem.PreconditionFailed.class);
    assertThat(problem("W/" + CURRENT)).isInstanceOf(Problem.PreconditionFailed.class);
    assertThat(problem("\"\"")).isInstanceOf(Problem.PreconditionFailed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "", "\"7", "\"7\" \"8\"", "\"7\",", "*, \"7\""})
  void whatIsNoTagIsInvalid(String header) {
    assertThat(problem(header)).isInstanceOf(Problem.Invalid.class);
  }

  @Test
  void theCurrentTagAloneOrAmongOthersIsEnough() {
    assertThatNoException().isThrownBy(() -> Etag.require(CURRENT, CURRENT));
    assertThatNoException().isThrownBy(() -> Etag.require("\"1-a\" , " + CURRENT, CURRENT));
    assertThatNoException().isThrownBy(() -> Etag.require("*", CURRENT));
  }

  @Test
  void aReadIsFreshWhenTheTagIsTheSameWeakOrNot() {
    assertThat(Etag.isFresh(CURRENT, CURRENT)).isTrue();
    assertThat(Etag.isFresh("W/" + CURRENT, CURRENT)).isTrue();
    assertThat(Etag.isFresh("*", CURRENT)).isTrue();
    assertThat(Etag.isFresh(Etag.of(6, NOW), CURRENT)).isFalse();
    assertThat(Etag.isFresh(null, CURRENT)).isFalse();
  }

  private static Problem problem(@org.jspecify.annotations.Nullable String ifMatch) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> Etag.require(ifMatch, CURRENT));
    assertThat(refused).isNotNull();
    return refused.problem();
  }
}
