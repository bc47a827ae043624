package dev.perch.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A short `./perch bench certmon --only hosts`: new hosts with real agents get their certificates
 * by rule and serve them with an nginx. How long it took is only printed.
 */
class NewHostsTest {
  private final Perch perch = Perch.running();

  @Test
  void newHostsServeWhatTheirRulesGiveThemAndNothingOfThemIsLeftRunning() {
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
                "certmon",
                "--only",
                "hosts",
                "--hosts",
                "2",
                "--short",
                "--checkout",
                Checkout.ROOT.toString(),
                "--state-dir",
                perch.state().toString()));

    System.out.println(ran.output());
    ran.successfully();
    assertThat(ProcessHandle.allProcesses().map(one -> one.info().commandLine().orElse("")))
        .as("agents and servers of these hosts")
        .noneMatch(command -> command.contains("/perch-hosts"));
  }
}
