package dev.perch.tsn.plan.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.perch.tsn.plan.model.Bridge;
import dev.perch.tsn.plan.model.DeviceProfile;
import dev.perch.tsn.plan.model.EndStation;
import dev.perch.tsn.plan.model.FailureCode;
import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.model.Relaxation;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own format. */
class JsonFormatTest {
  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    PlanDocument document = document();
    Path file = folder.resolve("new/plan.json");

    new JsonWriter(document).write(file);

    assertThat(new JsonReader().read(file)).isEqualTo(document);
  }

  @Test
  void whatIsWrittenFollowsTheSchema() throws Exception {
    Path file = folder.resolve("plan.json");

    new JsonWriter(document()).write(file);

    assertThat(violationsOfSchema(Files.readString(file))).isEmpty();
  }

  @Test
  void theSchemaRefusesWhatTheReaderRefuses() throws Exception {
    Path file = folder.resolve("plan.json");
    new JsonWriter(document()).write(file);
    String wrong = Files.readString(file).replace("\"rate\"", "\"speed\"");

    assertThat(violationsOfSchema(wrong)).isNotEmpty();
    Files.writeString(file, wrong);
    assertThatThrownBy(() -> new JsonReader().read(file)).isInstanceOf(BadInputException.class);
  }

  @Test
  void aShortFileTakesTheDefaults() throws Exception {
    PlanDocument read =
        read(
            """
            {"format": "perch-tsn-1",
             "network": {
               "nodes": [{"name": "a", "kind": "endStation"}, {"name": "x"}, {"name": "b", "kind": "endStation"}],
               "links": [{"from": "a", "to": "x", "rate": 1000}, {"from": "x", "to": "b", "rate": 100}]},
             "streams": [{"name": "s", "talker": "a", "listeners": ["b"], "interval": 1e6, "frameBytes": 200}]}
            """);

    assertThat(read.plan()).isNull();
    assertThat(read.scenario().streams())
        .containsExactly(Stream.of("s", "a", List.of("b"), 1_000_000, 200));
    assertThat(read.scenario().network().links()).contains(Link.of("a", "x", 1000, 0));
  }

  @Test
  void everythingThatIsWrongIsToldAtOnceWithItsLine() {
    String text =
        """
        {"format": "perch-tsn-2",
         "network": {
           "nodes": [{"name": "a", "kind": "endstation"},
                     {"name": "x", "device": "felicia"}, {"name": "x"}],
           "links": [{"from": "a", "to": "y", "rate": 1000},
                     {"from": "a", "to": "x", "rate": 0, "propagation": "far"}]},
         "streams": [{"name": "s", "talker": "a", "listeners": [], "interval": 1000,
                      "frameBytes": 200, "colour": "red"},
                     {"name": "t", "talker": "x", "listeners": ["q"], "interval": 1000,
                      "frameBytes": 200}]}
        """;

    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            BadInputException.class,
            bad ->
                assertThat(bad.faults())
                    .extracting(fault -> fault.line() + " " + fault.field())
                    .contains(
                        "1 /format",
                        "3 /network/nodes/0/kind",
                        "4 /network/nodes/1/device",
                        "4 /network/nodes/2/name",
                        "5 /network/links/0/to",
                        "6 /network/links/1/rate",
                        "6 /network/links/1/propagation",
                        "7 stream s: listeners",
                        "8 /streams/0/colour",
                        "9 /streams/1"));
  }

  @Test
  void aFileThatIsNotJsonIsToldWithItsLine() {
    assertThatThrownBy(() -> read("{\n \"format\": perch}"))
        .isInstanceOfSatisfying(
            BadInputException.class,
            bad ->
                assertThat(bad.faults()).singleElement().extracting(InputFault::line).isEqualTo(2));
  }

  private PlanDocument read(String text) throws IOException, BadInputException {
    Path file = folder.resolve("in.json");
    Files.writeString(file, text);
    return new JsonReader().read(file);
  }

  private static List<String> violationsOfSchema(String json) throws IOException {
    try (InputStream schema =
        Objects.requireNonNull(JsonReader.class.getResourceAsStream("perch-tsn-1.schema.json"))) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(schema)
          .validate(json, InputFormat.JSON)
          .stream()
          .map(Object::toString)
          .toList();
    }
  }

  private static PlanDocument document() {
    Network network =
        new Network(
            List.of(
                new EndStation("a", 10, DeviceProfile.IGC),
                new Bridge("x", 20, DeviceProfile.FELIX.withTick(8)),
                new EndStation("b")),
            List.of(Link.of("a", "x", 1000, 500), Link.of("x", "b", 1000, 0)));
    Stream planned =
        Stream.of("s", "a", List.of("b"), 1_000_000, 200)
            .but()
            .framesPerInterval(2)
            .maxLatency(100_000L)
            .maxJitter(0L)
            .latestOffset(900_000L)
            .movable(false)
            .routes(List.of(List.of("a-x", "x-b")))
            .build();
    Stream refused = planned.but().name("t").build();
    Tree tree =
        new Tree(
            List.of(
                new Hop("a-x", 7, List.of(0L, 2_000L)),
                new Hop("x-b", 7, List.of(5_000L, 7_000L))));
    GateList gates =
        new GateList(
            "a-x",
            1_000_000,
            1_000_000,
            List.of(
                new GateEntry(GateEntry.Operation.SET_AND_HOLD_MAC, 0x80, 4_000),
                new GateEntry(GateEntry.Operation.SET_AND_RELEASE_MAC, 0x7f, 996_000)));
    Refusal refusal =
        new Refusal(
            "t",
            FailureCode.MAX_LATENCY_EXCEEDED,
            "a-x",
            List.of("s"),
            Refusal.Proof.EXHAUSTED,
            "no place",
            List.of(new Relaxation(Relaxation.Property.MAX_LATENCY, 100_000, 120_000)));
    return new PlanDocument(
        new Scenario(network, List.of(planned, refused)),
        new Plan(Map.of("s", new StreamPlan("s", List.of(tree))), Map.of("a-x", gates)),
        List.of(refusal));
  }
}
