package dev.perch.launcher.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
  @Test
  void refuses_needs_that_go_in_a_circle() {
    assertThatThrownBy(() -> new Plan(List.of(task("hen", "egg"), task("egg", "hen"))))
        .hasMessageContaining("circle");
  }

  @Test
  void refuses_a_need_that_nobody_meets() {
    assertThatThrownBy(() -> new Plan(List.of(task("hen", "egg")))).hasMessageContaining("egg");
  }

  @Test
  void refuses_two_steps_of_one_name() {
    assertThatThrownBy(() -> new Plan(List.of(task("hen"), task("hen"))))
        .hasMessageContaining("hen");
  }

  private static Task task(String name, String... needs) {
    return new Task(name, Set.of(needs), () -> "done");
  }
}
