package dev.perch.e2e;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A short `./perch bench agents` with 300 of them; inventory is killed once on the way. */
class AgentsTest {
  private final Perch perch = Perch.running();

  @Test
  void agentsComeBackAfterInventoryWasKilledAndNobodyIsCalledOffline() {
    perch.awaitReady();

    Checkout.run(
            Map.of(),
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                "bench/target/*:bench/target/lib/*",
                "dev.perch.bench.Main",
                "bench",
                "agents",
                "--agents",
                "300",
                "--short",
                "--checkout",
                Checkout.ROOT.toString(),
                "--state-dir",
                perch.state().toString()))
        .successfully();
    perch.awaitReady();
  }
}
