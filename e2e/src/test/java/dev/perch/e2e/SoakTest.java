package dev.perch.e2e;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A short `./perch soak spine`: each process is killed at least once under load. */
class SoakTest {
  private final Perch perch = Perch.running();

  @Test
  void everyCommittedChangeArrivesInOrderWithoutAGapWhateverIsKilled() {
    perch.awaitReady();

    Checkout.run(
            Map.of(),
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                "bench/target/*:bench/target/lib/*",
                "dev.perch.bench.Main",
                "soak",
                "spine",
                "--kills",
                "8",
                "--checkout",
                Checkout.ROOT.toString(),
                "--state-dir",
                perch.state().toString()))
        .successfully();
    perch.awaitReady();
  }
}
