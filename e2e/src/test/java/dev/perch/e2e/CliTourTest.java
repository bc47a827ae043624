package dev.perch.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tour of docs/cli.md prints what the page shows, ids and times aside. */
class CliTourTest {
  private final Perch perch = Perch.running();

  @TempDir private Path folder = Path.of("");

  private record Shown(String command, List<String> output) {}

  @Test
  void everyCommandOfTheTourPrintsWhatIsPrinted() throws IOException {
    perch.awaitReady();
    List<Shown> tour = tour();
    assertThat(tour).hasSizeGreaterThan(8);

    for (Shown shown : tour) {
      var ran =
          Checkout.run(
              Map.of("XDG_CONFIG_HOME", folder.toString(), "PERCH_NO_BUILD", "1"),
              List.of("bash", "-c", here(shown.command())));

      assertThat(ran.output().lines().map(CliTourTest::lasting))
          .as(shown.command())
          .containsExactlyElementsOf(shown.output().stream().map(CliTourTest::lasting).toList());
    }
  }

  /** The same command on this test's Perch instead of the checkout's. */
  private String here(String command) {
    return "on_it() { ./perch \"$@\" --state-dir '"
        + perch.state()
        + "'; }\n"
        + command.replace("./perch", "on_it");
  }

  private static List<Shown> tour() throws IOException {
    List<Shown> tour = new ArrayList<>();
    boolean console = false;
    for (String line : Files.readAllLines(Checkout.ROOT.resolve("docs/cli.md"))) {
      if (line.startsWith("```")) {
        console = line.equals("```console");
      } else if (console && line.startsWith("$ ")) {
        tour.add(new Shown(line.substring(2), new ArrayList<>()));
      } else if (console) {
        tour.getLast().output().add(line);
      }
    }
    return tour;
  }

  private static String lasting(String line) {
    return line.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "TIME")
        .replaceAll("[0-9a-f]{32}", "TRACE");
  }
}
