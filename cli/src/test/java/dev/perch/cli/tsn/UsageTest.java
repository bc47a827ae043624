package dev.perch.cli.tsn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.cli.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How commands are used, and how they end. */
class UsageTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tsn",
        "tsn plan",
        "tsn plan --from tsnkit a b --to tsnkit",
        "tsn plan --from tsnkit a --to tsnkit p",
        "tsn plan --from xml a --to json p",
        "tsn plan --from json a --to svg p",
        "tsn plan --from json a --to json p --limit soon",
        "tsn plan --from tsnkit a b --to tsnkit p --batch list",
        "tsn check",
        "tsn lint",
        "hosts"
      })
  void wrongUseEndsWithTwoAndSaysSoOnStandardError(String line) {
    Ran ran = Ran.command((Object[]) line.split(" ", line.isEmpty() ? 1 : -1));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("perch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "check", "lint"})
  void helpHasExamplesAndExitCodes(String verb) {
    Ran ran = Ran.command("tsn", verb, "--help");

    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("Examples:")
        .contains("Exit status:")
        .contains("perch tsn " + verb);
  }

  @Test
  void lintEndsWithThreeWhenThereAreFindings() throws Exception {
    Path script = folder.resolve("s.sh");
    String good =
        "tc qdisc replace dev e0 root taprio num_tc 2 map 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0"
            + " queues 1@0 1@1 base-time $T sched-entry S 2 250000 sched-entry S 1 750000"
            + " clockid CLOCK_TAI";
    Files.writeString(script, good);
    Ran clean = Ran.command("tsn", "lint", script, "--cycle", "1ms");
    Ran drifting = Ran.command("tsn", "lint", script, "--cycle", "0.7ms");
    Files.writeString(script, "echo nothing");
    Ran nothing = Ran.command("tsn", "lint", script);

    assertThat(clean.code()).isZero();
    assertThat(clean.out()).isEqualTo("1 schedules, 0 findings" + System.lineSeparator());
    assertThat(drifting.code()).isEqualTo(3);
    assertThat(drifting.out()).contains("cycle-mismatch").contains("8.6.9.4.3");
    assertThat(nothing.code()).isEqualTo(2);
  }
}
