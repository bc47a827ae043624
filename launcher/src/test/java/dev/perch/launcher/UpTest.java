package dev.perch.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.launcher.process.Part;
import dev.perch.launcher.process.Probe;
import dev.perch.launcher.process.ProcessId;
import dev.perch.launcher.process.StackState;
import dev.perch.launcher.process.StackState.Condition;
import dev.perch.launcher.process.StackState.PartState;
import dev.perch.launcher.process.StackState.Phase;
import dev.perch.launcher.stack.Service;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpTest {
  @TempDir Path state;

  @Test
  void startsNothingWhenAServiceIsNamedThatIsNotThere() {
    Exit exit =
        Main.run(List.of("up", "--only", "inventory,audit", "--state-dir", state.toString()));

    assertThat(exit).isEqualTo(Exit.USAGE);
    assertThat(state).isEmptyDirectory();
  }

  @Test
  void startsNothingWhenReplicasAreWantedOfAServiceThatIsLeftOut() {
    Exit exit =
        Main.run(
            List.of(
                "up",
                "--only=inventory",
                "--replicas",
                "certmon=2",
                "--state-dir",
                state.toString()));

    assertThat(exit).isEqualTo(Exit.USAGE);
    assertThat(state).isEmptyDirectory();
  }

  @Test
  void saysWhichServicesARunningPerchLacksAndHowToHaveThem() {
    assertThat(Up.alreadyRunning(running("inventory"), Service.ALL))
        .contains("without certmon", "./perch down");
    assertThat(Up.alreadyRunning(running("inventory", "certmon"), Service.ALL))
        .doesNotContain("without");
    assertThat(Up.alreadyRunning(running("inventory"), List.of(Service.named("inventory"))))
        .doesNotContain("without");
  }

  private StackState running(String... services) {
    return new StackState(
        ProcessId.own(),
        Instant.now(),
        Phase.READY,
        List.of(services).stream().map(this::part).toList());
  }

  private PartState part(String service) {
    return new PartState(
        service,
        Part.Kind.SERVICE,
        Condition.READY,
        ProcessId.own(),
        "fingerprint",
        "http://127.0.0.1",
        new Probe.Exists(state),
        Part.Stop.TERMINATE,
        0,
        state.resolve("log"),
        null);
  }
}
