package dev.perch.cli.tsn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code perch tsn check --from tsnkit}: plans of other planners. */
class TsnkitCheckTest {
  @TempDir private Path folder;

  static Stream<TsnkitInstance> instances() {
    // Short frames are planned as if they were longer, and come in another order than planned then.
    TsnkitInstance rounded =
        TsnkitInstance.line(5).shortStreams(260, 52, 50_000, 100_000, 250_000, 500_000, 800_000);
    TsnkitInstance besideSteps =
        TsnkitInstance.line(2).stream(2, "[3]", 300, 250_050, 250_050).stream(
            2, "[3]", 300, 500_100, 500_100);
    return Stream.concat(TsnkitPlanTest.instances(), Stream.of(rounded, besideSteps));
  }

  @ParameterizedTest
  @MethodSource("instances")
  void whatWePlannedHasNoFlaws(TsnkitInstance instance) throws Exception {
    instance.write(folder, "i");
    plan();

    Ran ran = check();

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains(" 0 flaws");
    assertThat(ran.code()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GCL    | a window that moves       | (0, 1)\",7,4464,7024  | (0, 1)\",7,4964,7524  | TooLate",
        "GCL    | a window that is cut      | (0, 1)\",7,4464,7024  | (0, 1)\",7,4464,6464  | Lost",
        "GCL    | gates of another queue    | (0, 1)\",7,4464,7024  | (0, 1)\",6,4464,7024  | Lost",
        "OFFSET | a talker that is late     | 0,0,0                | 0,0,100              | Strayed",
        "QUEUE  | a queue whose gate shuts  | 0,0,\"(0, 1)\",7      | 0,0,\"(0, 1)\",5      | Lost",
        "DELAY  | a promise that is broken  | 0,0,11392            | 0,0,11000            | BrokenPromise",
      })
  void damageIsFound(String file, String what, String good, String bad, String flaw)
      throws IOException {
    writeByHand();
    assertThat(check().out()).contains(" 0 flaws");

    replace(file, good, bad);
    Ran ran = check();

    assertThat(ran.code()).as(what).isEqualTo(3);
    assertThat(ran.out()).contains(": " + flaw + ": ");
  }

  @Test
  void aRouteThatDoesNotReachTheListenerIsFound() throws IOException {
    writeByHand();
    replace("ROUTE", "(1, 3)", "(1, 0)");
    replace("QUEUE", "(1, 3)", "(1, 0)");

    Ran ran = check();

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).contains("BrokenTree");
  }

  @Test
  void aStreamThatIsLeftOutIsFound() throws IOException {
    writeByHand();
    for (String file : List.of("OFFSET", "ROUTE", "QUEUE", "DELAY")) {
      Files.write(
          at("o-" + file + ".csv"), Files.readAllLines(at("o-" + file + ".csv")).subList(0, 1));
    }

    Ran ran = check();

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).contains("Missing: stream 0 is not in the plan");
  }

  @Test
  void filesThatContradictEachOtherAreBadInput() throws IOException {
    writeByHand();
    replace("ROUTE", "(1, 3)", "(1, 9)");
    replace("DELAY", "0,0,11392", "7,0,11392");
    replace("GCL", "4464,7024", "7024,4464");

    Ran ran = check();

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains("o-ROUTE.csv:4: link: found (1, 9); name a link of the topology")
        .contains("o-DELAY.csv:2: stream: found 7; name a stream of the task")
        .contains("o-DELAY.csv: stream: found nothing of stream 0; write its row")
        .contains("o-GCL.csv:3: end: found 4464; ");
  }

  @Test
  void windowsForSizesThatCountTheWholeWireAreGoodIfItIsSaid() throws IOException {
    writeByHand();
    replace("GCL", "0,2560", "0,2400");
    replace("GCL", "4464,7024", "4400,6800");
    replace("GCL", "8928,11488", "8800,11200");
    replace("DELAY", "11392", "11200");

    Ran exact = check();
    Ran asMeant = check("--wire-sizes");

    assertThat(exact.code()).isEqualTo(3);
    assertThat(exact.out()).contains("Lost");
    assertThat(asMeant.out()).contains(" 0 flaws");
    assertThat(asMeant.code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.json --plan o",
        "a.json --wire-sizes",
        "--from tsnkit a b",
        "--from tsnbench a b --plan o",
        "--plan o"
      })
  void halfOfWhatIsNeededIsWrongUse(String words) {
    Ran ran = Ran.command((Object[]) ("tsn check " + words).split(" "));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("perch tsn check");
  }

  /** One stream of 300 bytes over two bridges, as somebody else might have planned it. */
  private void writeByHand() throws IOException {
    TsnkitInstance.line(2).stream(2, "[3]", 300, 500_000, 500_000).write(folder, "i");
    write("OFFSET", "stream,frame,offset", "0,0,0");
    write("ROUTE", "stream,link", "0,\"(2, 0)\"", "0,\"(0, 1)\"", "0,\"(1, 3)\"");
    write(
        "QUEUE",
        "stream,frame,link,queue",
        "0,0,\"(2, 0)\",7",
        "0,0,\"(0, 1)\",7",
        "0,0,\"(1, 3)\",7");
    write("DELAY", "stream,frame,delay", "0,0,11392");
    write(
        "GCL",
        "link,queue,start,end,cycle",
        "\"(2, 0)\",7,0,2560,500000",
        "\"(0, 1)\",7,4464,7024,500000",
        "\"(1, 3)\",7,8928,11488,500000");
  }

  private void write(String file, String... lines) throws IOException {
    Files.write(at("o-" + file + ".csv"), List.of(lines));
  }

  private void replace(String file, String good, String bad) throws IOException {
    Path path = at("o-" + file + ".csv");
    String before = Files.readString(path);
    assertThat(before).contains(good);
    Files.writeString(path, before.replace(good, bad));
  }

  private void plan() {
    Ran ran =
        Ran.command(
            "tsn",
            "plan",
            "--from",
            "tsnkit",
            at("i-task.csv"),
            at("i-topo.csv"),
            "--to",
            "tsnkit",
            at("o"));
    assertThat(ran.code()).isZero();
  }

  private Ran check(Object... more) {
    return Ran.command(
        Stream.concat(
                Stream.of(
                    "tsn",
                    "check",
                    "--from",
                    "tsnkit",
                    at("i-task.csv"),
                    at("i-topo.csv"),
                    "--plan",
                    at("o")),
                Stream.of(more))
            .toArray());
  }

  private Path at(String name) {
    return folder.resolve(name);
  }
}
