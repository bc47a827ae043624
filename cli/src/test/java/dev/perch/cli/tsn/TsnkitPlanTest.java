package dev.perch.cli.tsn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.cli.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code perch tsn plan --from tsnkit --to tsnkit}. */
class TsnkitPlanTest {
  @TempDir private Path folder;

  static Stream<TsnkitInstance> instances() {
    return Stream.of(
        TsnkitInstance.line(3).streams(12, 1, 2_000_000),
        TsnkitInstance.ring(6).streams(30, 2, 500_000, 1_000_000, 2_000_000, 4_000_000),
        TsnkitInstance.mesh(8).streams(40, 3, 400_000),
        TsnkitInstance.mesh(8).streams(30, 4, 250_000, 500_000, 1_250_000, 2_500_000, 4_000_000),
        TsnkitInstance.line(2).stream(2, "[3]", 4500, 2_000_000, 200_000).stream(
            2, "3", 99, 100_000, 100_000));
  }

  @ParameterizedTest
  @MethodSource("instances")
  void whatIsPlannedRunsAsPlanned(TsnkitInstance instance) throws Exception {
    instance.write(folder, "i");
    Path task = folder.resolve("i-task.csv");
    String prefix = folder.resolve("out/i").toString();

    Ran ran =
        Ran.command(
            "tsn",
            "plan",
            "--from",
            "tsnkit",
            task,
            folder.resolve("i-topo.csv"),
            "--to",
            "tsnkit",
            prefix);

    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    new TsnkitReplay(task, prefix).run();
  }

  @Test
  void theSameInputAndSeedGiveTheSameFiles() throws Exception {
    TsnkitInstance.ring(5).streams(30, 7, 500_000, 1_000_000).write(folder, "i");
    for (String prefix : List.of("a", "b")) {
      Ran.command(
          "tsn",
          "plan",
          "--from",
          "tsnkit",
          folder.resolve("i-task.csv"),
          folder.resolve("i-topo.csv"),
          "--to",
          "tsnkit",
          folder.resolve(prefix),
          "--seed",
          3);
    }

    for (String file : List.of("GCL", "OFFSET", "ROUTE", "QUEUE", "DELAY")) {
      assertThat(folder.resolve("a-" + file + ".csv"))
          .hasSameTextualContentAs(folder.resolve("b-" + file + ".csv"));
    }
  }

  @Test
  void whatHasNoPlaceIsRefusedAndExplained() throws Exception {
    TsnkitInstance full = TsnkitInstance.line(2);
    for (int i = 0; i < 10; i++) {
      full.stream(2, "[3]", 1500, 100_000, 100_000);
    }
    full.write(folder, "i");

    Ran ran =
        Ran.command(
            "tsn",
            "plan",
            "--from",
            "tsnkit",
            folder.resolve("i-task.csv"),
            folder.resolve("i-topo.csv"),
            "--to",
            "tsnkit",
            folder.resolve("o"),
            "--limit",
            "2s");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).contains("8 of 10 streams have a place").contains("failure code");
    assertThat(ran.out().lines().filter(line -> line.startsWith("refused "))).hasSize(2);
    assertThat(Files.readAllLines(folder.resolve("o-OFFSET.csv"))).hasSize(9);
  }

  @Test
  void badInputIsToldAtOnceAndNothingIsWritten() throws Exception {
    Files.writeString(
        folder.resolve("t.csv"), "stream,src,dst,size,period,deadline,jitter\n0,1,x,-1,0,1,1\n");
    Files.writeString(
        folder.resolve("n.csv"), "link,q_num,rate,t_proc,t_prop\n\"(1, 2)\",8,1,zwei,0\n");

    Ran ran =
        Ran.command(
            "tsn",
            "plan",
            "--from",
            "tsnkit",
            folder.resolve("t.csv"),
            folder.resolve("n.csv"),
            "--to",
            "tsnkit",
            folder.resolve("o"));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains("t.csv:2: dst: found x; ")
        .contains("t.csv:2: size: found -1; ")
        .contains("t.csv:2: period: found 0; ")
        .contains("n.csv:2: t_proc: found zwei; ");
    assertThat(folder.resolve("o-GCL.csv")).doesNotExist();
  }

  @Test
  void aFileThatIsNotThereIsBadInput() {
    Ran ran =
        Ran.command(
            "tsn",
            "plan",
            "--from",
            "tsnkit",
            folder.resolve("no.csv"),
            folder.resolve("no.csv"),
            "--to",
            "tsnkit",
            folder.resolve("o"));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("no such file").contains("no.csv");
  }
}
