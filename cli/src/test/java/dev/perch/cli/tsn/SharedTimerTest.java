package dev.perch.cli.tsn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.cli.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A switch whose ports cannot move their gates together. */
class SharedTimerTest {
  private static final Path CELL = Path.of("../docs/examples/tsn/cell.json");

  @TempDir private Path folder;

  @Test
  void portsThatMoveTheirGatesTogetherAreToldBeforeTheSwitchIsProgrammed() throws Exception {
    Path asked = folder.resolve("asked.json");
    Files.writeString(asked, Files.readString(CELL).replace("felix", "sja1105"));
    Ran plan =
        Ran.command("tsn", "plan", "--from", "json", asked, "--to", "json", folder.resolve("out"));

    Ran ran = Ran.command("tsn", "check", folder.resolve("out.json"));

    assertThat(plan.code()).isZero();
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out())
        .contains("device: SameMoment: gates of sw2-drive1 and sw2-drive2 both move at ")
        .doesNotContain("sweep: ")
        .doesNotContain("simulation: ");
  }
}
