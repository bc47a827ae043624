package dev.perch.cli.tsn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of docs/tsn.md as they are printed, in an empty folder. */
class DocsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path folder;

  /** A command and what the page shows below it. */
  private record Shown(String command, List<String> output) {}

  @Test
  void theCommandsOfThePageDoWhatItSays() throws Exception {
    copyExamples();
    Files.createDirectories(folder.resolve("out"));
    List<Shown> page = page();
    assertThat(page).hasSizeGreaterThan(6);

    for (Shown shown : page) {
      List<String> printed = run(shown.command);

      assertThat(printed.stream().map(DocsTest::withoutTimes))
          .as(shown.command)
          .containsExactlyElementsOf(shown.output.stream().map(DocsTest::withoutTimes).toList());
    }
  }

  private void copyExamples() throws IOException {
    Path examples = Files.createDirectories(folder.resolve("docs/examples/tsn"));
    try (var files = Files.list(ROOT.resolve("docs/examples/tsn"))) {
      for (Path file : files.toList()) {
        Files.copy(file, examples.resolve(file.getFileName()));
      }
    }
  }

  private static List<Shown> page() throws IOException {
    List<Shown> page = new ArrayList<>();
    boolean console = false;
    for (String line : Files.readAllLines(ROOT.resolve("docs/tsn.md"))) {
      if (line.startsWith("```")) {
        console = line.equals("```console");
      } else if (console && line.startsWith("$ ")) {
        page.add(new Shown(line.substring(2), new ArrayList<>()));
      } else if (console) {
        page.getLast().output.add(line);
      }
    }
    return page;
  }

  private List<String> run(String command) throws Exception {
    // What ./perch tsn does once it has built.
    String perch =
        Path.of(System.getProperty("java.home"), "bin", "java")
            + " -cp '"
            + System.getProperty("java.class.path")
            + "' dev.perch.cli.Main";
    Process process =
        new ProcessBuilder("bash", "-c", command.replace("./perch", perch))
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output.lines().toList();
  }

  private static String withoutTimes(String line) {
    return line.replaceAll("\\d+\\.\\d{3}", "T");
  }
}
