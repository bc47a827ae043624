package dev.perch.launcher.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
  @Test
  void refusesNeedsThatGoInACircle() {
    assertThatThrownBy(() -> new Plan(List.of(task("hen", "egg"), task("egg", "hen"))))
        .hasMessageContaining("circle");
  }

  @Test
  void refusesANeedThatNobodyMeets() {
    assertThatThrownBy(() -> new Plan(List.of(task("hen", "egg")))).hasMessageContaining("egg");
  }

  @Test
  void refusesTwoStepsOfOneName() {
    assertThatThrownBy(() -> new Plan(List.of(task("hen"), task("hen"))))
        .hasMessageContaining("hen");
  }

  private static Task task(String name, String... needs) {
    return new Task(name, Set.of(needs), () -> "done");
  }
}
