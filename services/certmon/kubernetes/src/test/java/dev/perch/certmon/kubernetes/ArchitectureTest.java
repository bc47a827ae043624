package dev.perch.certmon.kubernetes;

import dev.perch.kit.testkit.Architecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  @Test
  void followsTheRules() {
    Architecture.check(ArchitectureTest.class);
  }
}
