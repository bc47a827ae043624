package dev.perch.cli.tsn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.cli.Ran;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people's files look like when something is wrong with them. */
class BadInputTest {
  private static final String HEADER = "stream,src,dst,size,period,deadline,jitter\n";

  @TempDir private Path folder;

  @BeforeEach
  void network() throws IOException {
    TsnkitInstance.line(2).stream(2, "[3]", 300, 500_000, 500_000).write(folder, "good");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a listener that is the talker    | 0,2,[2],300,500000,500000,0   | must not be the talker",
        "a listener that is named twice   | 0,2,'[3, 3]',300,500000,500000,0 | may appear once only",
        "a listener nobody has heard of   | 0,2,[9],300,500000,500000,0   | name a node of the topology",
        "a size that is no number         | 0,2,[3],many,500000,500000,0  | write a whole number from 1",
        "an interval of nothing           | 0,2,[3],300,0,500000,0        | write a whole number from 1",
        "a cell that is missing           | 0,2,[3],300,500000            | deadline: found nothing",
      })
  void aStreamThatMakesNoSenseIsToldWithItsLine(String what, String row, String remedy)
      throws IOException {
    Ran ran = plan(HEADER + "1,3,[2],100,1000000,1000000,0\n" + row.replace('\'', '"') + "\n");

    assertThat(ran.code()).as(what).isEqualTo(2);
    assertThat(ran.err()).contains("task.csv:3: ").contains(remedy);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsToldAtOnceFromTopToBottom() throws IOException {
    Ran ran =
        plan(HEADER + "0,2,[9],300,500000,5,0\n0,2,[3],-1,0,500000,0\n0,2,[3],1,1000,500000,0\n");

    assertThat(ran.err().lines().map(line -> line.replaceAll(".*task.csv:(\\d).*", "$1")))
        .contains("2", "3", "4")
        .isSorted();
  }

  @ParameterizedTest
  @CsvSource({"\\r\\n, ''", "\\n, \uFEFF", "\\r\\n, \uFEFF"})
  void windowsFilesAreReadLikeOthers(String end, String mark) throws IOException {
    String text = HEADER + "0,2,[3],300,500000,500000,0\n";

    Ran ran = plan(mark + text.replace("\n", end.translateEscapes()));

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith("1 of 1 streams have a place");
  }

  @Test
  void noStreamsAtAllAreNoFault() throws IOException {
    Ran ran = plan(HEADER);

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith("0 of 0 streams have a place");
  }

  @Test
  void anEmptyFileAFolderAndOneThatIsNotThereAreBadInput() throws IOException {
    Ran empty = plan("");
    Ran directory = Ran.command("tsn", "check", folder);
    Ran missing = Ran.command("tsn", "lint", folder.resolve("no.sh"));

    assertThat(empty.code()).isEqualTo(2);
    assertThat(empty.err()).contains("an empty file").contains("stream,src,dst");
    assertThat(directory.code()).isEqualTo(2);
    assertThat(directory.err()).contains("directory");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("no such file");
  }

  @Test
  void streamsWithoutANetworkAreBadInput() throws IOException {
    Files.writeString(at("good-topo.csv"), "link,q_num,rate,t_proc,t_prop\n");

    Ran ran = plan(HEADER + "0,2,[3],300,500000,500000,0\n");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("link: found no links");
  }

  @Test
  void aNameThatIsUsedTwiceInJsonIsNotOverlooked() throws IOException {
    Path file = folder.resolve("twice.json");
    Files.writeString(file, "{\"format\": \"perch-tsn-1\",\n \"streams\": [],\n \"streams\": []}");

    Ran ran = Ran.command("tsn", "plan", "--from", "json", file, "--to", "json", at("out"));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("twice.json:3: /streams: found the same name twice");
  }

  @Test
  void aFolderThatCannotBeMadeIsNoFaultOfTheInput() throws IOException {
    Files.writeString(folder.resolve("file"), "in the way");

    Ran ran =
        Ran.command(
            "tsn",
            "plan",
            "--from",
            "tsnkit",
            at("good-task.csv"),
            at("good-topo.csv"),
            "--to",
            "json",
            at("file/out"));

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("cannot write").contains("file");
  }

  private Ran plan(String task) throws IOException {
    Files.write(at("task.csv"), task.getBytes(StandardCharsets.UTF_8));
    return Ran.command(
        "tsn",
        "plan",
        "--from",
        "tsnkit",
        at("task.csv"),
        at("good-topo.csv"),
        "--to",
        "tsnkit",
        at("out"));
  }

  private Path at(String name) {
    return folder.resolve(name);
  }
}
