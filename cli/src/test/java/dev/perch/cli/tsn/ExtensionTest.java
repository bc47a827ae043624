package dev.perch.cli.tsn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --onto}: what has a place keeps it. */
class ExtensionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path CELL = Path.of("../docs/examples/tsn/cell.json");

  @TempDir private Path folder;
  private ObjectNode asked = JSON.createObjectNode();

  @BeforeEach
  void planOfYesterday() throws IOException {
    asked = (ObjectNode) JSON.readTree(CELL.toFile());
    assertThat(Ran.command("tsn", "plan", "--from", "json", CELL, "--to", "json", at("old")).code())
        .isZero();
  }

  @Test
  void newStreamsAreAddedAndNoOtherOffsetChanges() throws IOException {
    streams().add(stream("extra", 500));

    Ran ran = extend("old.json");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith("4 of 4 streams have a place");
    JsonNode before = JSON.readTree(at("old.json").toFile()).at("/plan/streams");
    JsonNode after = JSON.readTree(at("new.json").toFile()).at("/plan/streams");
    assertThat(after).hasSize(4);
    assertThat(after).startsWith(before.get(0), before.get(1), before.get(2));
    assertThat(Ran.command("tsn", "check", at("new.json")).code()).isZero();
  }

  @Test
  void whatWasRefusedIsTriedAgain() throws IOException {
    streams().add(stream("late", 500).put("maxLatency", 1));
    Path refused = write("asked");
    assertThat(
            Ran.command("tsn", "plan", "--from", "json", refused, "--to", "json", at("old")).code())
        .isEqualTo(3);
    streams().remove(3);

    Ran ran = extend("old.json");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).startsWith("3 of 4 streams have a place").contains("refused late: ");
  }

  @Test
  void anotherStreamOfTheSameNameIsNoExtension() throws IOException {
    ((ObjectNode) streams().get(0)).put("frameBytes", 121);

    Ran ran = extend("old.json");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("setpoint");
  }

  @Test
  void aPlanThatWasDamagedIsToldFlawByFlaw() throws IOException {
    ObjectNode plan = (ObjectNode) JSON.readTree(at("old.json").toFile());
    ((ArrayNode) plan.at("/plan/streams/0/trees/0/transmissions/1/starts")).set(0, 1);
    Files.write(at("old.json"), JSON.writeValueAsBytes(plan));

    Ran ran = extend("old.json");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("old.json:1: plan: found stream setpoint starts at 1 ns");
    assertThat(at("new.json")).doesNotExist();
  }

  @Test
  void aFileWithoutAPlanIsBadInput() throws IOException {
    Ran ran = extend("asked.json");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("give a file with a plan");
  }

  private Ran extend(String old) throws IOException {
    Path more = write("asked");
    return Ran.command(
        "tsn", "plan", "--from", "json", more, "--onto", at(old), "--to", "json", at("new"));
  }

  private Path write(String name) throws IOException {
    Path file = at(name + ".json");
    Files.write(file, JSON.writeValueAsBytes(asked));
    return file;
  }

  private ArrayNode streams() {
    return (ArrayNode) asked.get("streams");
  }

  private static ObjectNode stream(String name, int bytes) {
    ObjectNode stream =
        JSON.createObjectNode().put("name", name).put("talker", "camera").put("frameBytes", bytes);
    stream.put("interval", 1_000_000).putArray("listeners").add("plc");
    return stream;
  }

  private Path at(String name) {
    return folder.resolve(name);
  }
}
