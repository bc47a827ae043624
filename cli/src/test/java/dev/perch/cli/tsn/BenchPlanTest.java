package dev.perch.cli.tsn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.Ran;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code perch tsn plan --from tsnbench --to json}, and what can be done with the result. */
class BenchPlanTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Path pattern = Path.of("");
  private Path graph = Path.of("");
  private Path plan = Path.of("");

  @BeforeEach
  void name() {
    pattern = folder.resolve("s.pat");
    graph = folder.resolve("t.top");
    plan = folder.resolve("out/p.json");
  }

  static Stream<BenchInstance> scenarios() {
    return Stream.of(
        BenchInstance.ring(4, false).streams(24, 160_000, 1),
        BenchInstance.ring(6, true).streams(30, 160_000, 2),
        BenchInstance.doubled().streams(24, 320_000, 3));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void whatIsPlannedKeepsToTheFormatsOwnRules(BenchInstance scenario) throws Exception {
    scenario.write(pattern, graph);

    Ran ran = plan();

    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    new BenchReplay(pattern, graph, plan).run();
  }

  @Test
  void theResultIsCheckedDrawnAndPlannedAgain() throws Exception {
    BenchInstance.ring(4, false).streams(12, 160_000, 5).write(pattern, graph);
    plan();

    Ran checked = Ran.command("tsn", "check", plan, "--svg", folder.resolve("svg"));
    Ran again =
        Ran.command("tsn", "plan", "--from", "json", plan, "--to", "json", folder.resolve("q"));

    assertThat(checked.out()).contains("12 streams, 0 flaws");
    assertThat(checked.code()).isZero();
    File[] drawn = folder.resolve("svg").toFile().listFiles();
    assertThat(drawn).hasSizeGreaterThan(12).allMatch(file -> file.getName().endsWith(".svg"));
    assertThat(again.code()).isZero();
    assertThat(folder.resolve("q.json")).hasSameTextualContentAs(plan);
  }

  @Test
  void flawsOfAPlanAreTold() throws Exception {
    BenchInstance.ring(4, false).streams(12, 160_000, 5).write(pattern, graph);
    plan();
    JsonNode document = JSON.readTree(plan.toFile());
    ObjectNode hop = (ObjectNode) document.at("/plan/streams/0/trees/0/transmissions/1");
    hop.putArray("starts").add(hop.path("starts").size());
    JSON.writeValue(plan.toFile(), document);

    Ran ran = Ran.command("tsn", "check", plan);

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).contains("sweep: TooEarly: stream a_f0").contains("simulation: Strayed");
  }

  @Test
  void aFileWithoutAPlanCannotBeChecked() throws IOException {
    Path file = folder.resolve("in.json");
    Files.writeString(
        file,
        "{\"format\":\"perch-tsn-1\",\"network\":{\"nodes\":[],\"links\":[]},\"streams\":[]}");

    Ran ran = Ran.command("tsn", "check", file);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("give a file with a plan");
  }

  private Ran plan() {
    return Ran.command(
        "tsn",
        "plan",
        "--from",
        "tsnbench",
        pattern,
        graph,
        "--to",
        "json",
        plan.toString().replace(".json", ""));
  }
}
