package dev.perch.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static final Arguments.Syntax SYNTAX =
      new Arguments.Syntax(Set.of("--replicas"), Set.of("--detach"));

  @Test
  void mayHaveValuesInEitherFormAndShortNames() {
    Arguments arguments =
        Arguments.parse(List.of("-d", "--replicas", "a=1", "--replicas=b=2", "word"), SYNTAX);

    assertThat(arguments.has("--detach")).isTrue();
    assertThat(arguments.all("--replicas")).containsExactly("a=1", "b=2");
    assertThat(arguments.word("service")).isEqualTo("word");
  }

  @Test
  void refuseWhatTheCommandDoesNotKnow() {
    assertThatThrownBy(() -> Arguments.parse(List.of("--detached"), SYNTAX))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--detached");
  }

  @Test
  void refuseAnOptionThatLacksItsValue() {
    assertThatThrownBy(() -> Arguments.parse(List.of("--replicas"), SYNTAX))
        .hasMessageContaining("needs a value");
  }
}
