package dev.perch.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.agent.state.StateFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrectionsTest {
  @TempDir Path temp;
  private Instant now = Instant.parse("2026-11-23T12:00:00Z");
  private Corrections corrections;

  @BeforeEach
  void aGenerationThatWasApplied() {
    corrections = open();
    corrections.applied("web", 7);
  }

  @Test
  void threeInAnHourAreAllowedAndTheFourthMakesItContested() {
    for (int i = 0; i < Corrections.MOST; i++) {
      assertThat(corrections.allow("web", 7)).isTrue();
      now = now.plus(Duration.ofMinutes(19));
    }

    assertThat(corrections.allow("web", 7)).isFalse();

    assertThat(corrections.isContested("web", 7)).isTrue();
    now = now.plus(Duration.ofDays(1));
    assertThat(corrections.allow("web", 7)).as("for as long as the generation lasts").isFalse();
  }

  @Test
  void whatWasLongerThanAnHourAgoDoesNotCount() {
    for (int i = 0; i < 100; i++) {
      assertThat(corrections.allow("web", 7)).isTrue();
      now = now.plus(Duration.ofMinutes(20));
    }

    assertThat(corrections.isContested("web", 7)).isFalse();
  }

  @Test
  void aRestartForgetsNothing() {
    for (int i = 0; i < Corrections.MOST; i++) {
      assertThat(corrections.allow("web", 7)).isTrue();
    }

    assertThat(open().allow("web", 7)).isFalse();
    assertThat(open().isContested("web", 7)).isTrue();
  }

  @Test
  void theNextGenerationBeginsAnew() {
    for (int i = 0; i <= Corrections.MOST; i++) {
      var _ = corrections.allow("web", 7);
    }

    assertThat(corrections.isContested("web", 8)).isFalse();
    assertThat(corrections.allow("web", 8)).isTrue();
    corrections.applied("web", 8);
    assertThat(corrections.allow("web", 8)).isTrue();
  }

  @Test
  void whatWasNeverAppliedIsNoCorrection() {
    for (int i = 0; i < 10; i++) {
      assertThat(corrections.allow("other", 1)).isTrue();
    }
  }

  @Test
  void aClockThatIsSetBackContestsNothing() {
    for (int i = 0; i < Corrections.MOST; i++) {
      assertThat(corrections.allow("web", 7)).isTrue();
    }
    now = Instant.EPOCH;

    assertThat(corrections.allow("web", 7)).isTrue();
  }

  private Corrections open() {
    return new Corrections(StateFolder.at(temp.resolve("corrections")), () -> now);
  }
}
