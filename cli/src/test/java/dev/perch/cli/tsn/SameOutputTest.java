package dev.perch.cli.tsn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same input and seed give the same files, byte by byte: again, on a machine with another
 * number of cores, alone or in a batch. Refusals, what would be accepted instead, and proofs by the
 * solver are part of it.
 */
class SameOutputTest {
  @TempDir private Path folder;

  @BeforeEach
  void instances() throws IOException {
    TsnkitInstance.mesh(5).streams(60, 3, 250_000, 500_000, 1_250_000).write(folder, "open");
    TsnkitInstance full = TsnkitInstance.line(2);
    for (int i = 0; i < 14; i++) {
      full.stream(2, "[3]", 1_000, 100_000, 100_000);
    }
    // 12.16 µs each: two fit beside each other into any 30 µs, three do not.
    full.stream(3, "[2]", 1_500, 60_000, 60_000);
    full.stream(3, "[2]", 1_500, 90_000, 90_000);
    full.stream(3, "[2]", 1_500, 150_000, 150_000);
    full.write(folder, "full");
  }

  @Test
  void anotherRunWritesTheSameFiles() throws Exception {
    Map<String, String> first = planned("first", 1);

    assertThat(planned("second", 1)).isEqualTo(first);
    assertThat(planned("two-cores", 2)).isEqualTo(first);
    assertThat(planned("four-cores", 4)).isEqualTo(first);
    assertThat(batched("batch", 2)).isEqualTo(first);
    assertThat(first.get("full.json")).contains("\"refusals\"", "SOLVER", "relaxations");
  }

  private Map<String, String> planned(String run, int cores) throws Exception {
    Path out = folder.resolve(run);
    for (String name : List.of("open", "full")) {
      for (String format : List.of("json", "tsnkit")) {
        perch(cores, "--from", "tsnkit", task(name), topo(name), "--to", format, out + "/" + name);
      }
    }
    return files(out);
  }

  private Map<String, String> batched(String run, int cores) throws Exception {
    Path out = folder.resolve(run);
    Path list = folder.resolve("list.tsv");
    List<String> lines = new ArrayList<>();
    for (String name : List.of("open", "full")) {
      lines.add(String.join("\t", task(name), topo(name), out + "/" + name));
    }
    Files.write(list, lines);
    for (String format : List.of("json", "tsnkit")) {
      perch(cores, "--from", "tsnkit", "--to", format, "--batch", list.toString());
    }
    return files(out);
  }

  private static void perch(int cores, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:ActiveProcessorCount=" + cores);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.perch.cli.Main", "tsn", "plan", "--seed", "7", "--limit", "60s"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isIn(0, 3);
  }

  private String task(String name) {
    return folder.resolve(name + "-task.csv").toString();
  }

  private String topo(String name) {
    return folder.resolve(name + "-topo.csv").toString();
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (var found = Files.list(folder)) {
      for (Path file : found.toList()) {
        files.put(
            file.getFileName().toString(),
            new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      }
    }
    return files;
  }
}
