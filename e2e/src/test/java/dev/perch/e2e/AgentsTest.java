package dev.perch.e2e;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A short `./perch bench agents` with 300 of them; inventory is killed once on the way. It fails if
 * an agent does not enrol, connect or come back, if a report or a document is lost, or if a host is
 * called offline that is not; how long it took is only printed.
 */
class AgentsTest {
  private final Perch perch = Perch.running();

  @Test
  void agentsComeBackAfterInventoryWasKilledNothingIsLostAndNobodyIsCalledOffline() {
    perch.awaitReady();

    Checkout.Ran ran =
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
                perch.state().toString()));

    System.out.println(ran.output());
    ran.successfully();
    perch.awaitReady();
  }
}
