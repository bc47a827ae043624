package dev.perch.cli.tsn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --batch}: programs read its standard output. */
class BatchTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    TsnkitInstance.line(3).streams(8, 1, 1_000_000).write(folder, "a");
    TsnkitInstance.ring(4).streams(9, 2, 500_000).write(folder, "b");
    TsnkitInstance full = TsnkitInstance.line(2);
    for (int i = 0; i < 10; i++) {
      full.stream(2, "[3]", 1500, 100_000, 100_000);
    }
    full.write(folder, "full");
  }

  @Test
  void eachInstanceIsALine() throws Exception {
    Ran ran = batch(line("a"), line("b"));

    assertThat(ran.code()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out().lines())
        .satisfiesExactly(
            a -> assertThat(a).matches(prefix("a") + "\t8/8\t\\d+\\.\\d{3}\t\\d+\\.\\d{3}"),
            b -> assertThat(b).matches(prefix("b") + "\t9/9\t\\d+\\.\\d{3}\t\\d+\\.\\d{3}"));
    assertThat(folder.resolve("out-b-GCL.csv")).exists();
  }

  @Test
  void anInstanceThatIsBadDoesNotKeepTheOthersFromBeingPlanned() throws Exception {
    Ran ran = batch("only one column", line("nowhere"), line("full"), line("a"));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("list.tsv:1: ").contains("list.tsv:2: ").contains("refused ");
    assertThat(ran.out().lines().map(line -> line.split("\t")[1])).containsExactly("8/10", "8/8");
  }

  @Test
  void aRefusalAloneEndsWithThree() throws Exception {
    assertThat(batch(line("full"), line("a")).code()).isEqualTo(3);
  }

  private Ran batch(String... lines) throws IOException {
    Path list = folder.resolve("list.tsv");
    Files.write(list, List.of(lines));
    return Ran.command(
        "tsn", "plan", "--from", "tsnkit", "--to", "tsnkit", "--limit", "2s", "--batch", list);
  }

  private String line(String name) {
    return String.join(
        "\t",
        folder.resolve(name + "-task.csv").toString(),
        folder.resolve(name + "-topo.csv").toString(),
        prefix(name));
  }

  private String prefix(String name) {
    return folder.resolve("out-" + name).toString();
  }
}
