package dev.perch.tsn.plan.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two files of a TSNBench scenario. */
class TsnBenchTest {
  static final String PATTERN =
      """
      {"a_f0": {"sources": ["n4"], "destinations": ["n5"], "cycle_time_ns": 76000,
                "frame_size_b": 1000, "max_latency_ns": 198000, "redundancy": 1},
       "a_f1": {"sources": ["n5"], "destinations": ["n4"], "cycle_time_ns": 152000,
                "frame_size_b": 64, "max_latency_ns": null, "route": null}}
      """;
  static final String TOPOLOGY =
      """
      {"directed": true, "multigraph": true,
       "graph": {"path_length_cutoff_abs": 3, "path_length_cutoff_rel": null},
       "nodes": [
         {"id": "n4", "is_switch": false, "processing_delay_ns": 0, "fwd_header_b": null, "queues_per_port": 8},
         {"id": "n0", "is_switch": true, "processing_delay_ns": 1500, "fwd_header_b": null, "queues_per_port": 8},
         {"id": "n1", "is_switch": true, "processing_delay_ns": 700, "fwd_header_b": 24, "queues_per_port": 4},
         {"id": "n5", "is_switch": false, "processing_delay_ns": 0, "fwd_header_b": null, "queues_per_port": 8}],
       "links": [
         {"key": 0, "source": "n4", "target": "n0", "link_speed_mbps": 1000, "propagation_delay_ns": 50},
         {"key": 0, "source": "n0", "target": "n4", "link_speed_mbps": 1000, "propagation_delay_ns": 50},
         {"key": 0, "source": "n0", "target": "n1", "link_speed_mbps": 1000, "propagation_delay_ns": 50},
         {"key": 1, "source": "n0", "target": "n1", "link_speed_mbps": 100, "propagation_delay_ns": 50},
         {"key": 0, "source": "n1", "target": "n0", "link_speed_mbps": 1000, "propagation_delay_ns": 50},
         {"key": 0, "source": "n1", "target": "n5", "link_speed_mbps": 1000, "propagation_delay_ns": 50},
         {"key": 0, "source": "n5", "target": "n1", "link_speed_mbps": 1000, "propagation_delay_ns": 50}]}
      """;

  @TempDir private Path folder;

  @Test
  void streamsAndTopologyAreRead() throws Exception {
    Scenario read = read(PATTERN, TOPOLOGY);

    assertThat(read.streams())
        .containsExactly(
            Stream.of("a_f0", "n4", List.of("n5"), 76_000, 1000).but().maxLatency(198_000L).build(),
            Stream.of("a_f1", "n5", List.of("n4"), 152_000, 64));
    assertThat(read.network().links())
        .extracting(Link::name)
        .contains("n0-n1", "n0-n1#1")
        .hasSize(7);
  }

  @Test
  void cutThroughIsThatOfTheBridgeAtTheFarEnd() throws Exception {
    var network = read(PATTERN, TOPOLOGY).network();

    Link stored = network.link("n4-n0").orElseThrow();
    Link cut = network.link("n0-n1").orElseThrow();
    Link last = network.link("n1-n5").orElseThrow();

    // 1008 bytes and the processing; 24 bytes and the processing.
    assertThat(stored.forwardingDelay(1000, cut)).isEqualTo(8_064 + 50 + 1_500);
    assertThat(cut.forwardingDelay(1000, last)).isEqualTo(192 + 50 + 700);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [["n4", "n0"], ["n0", "n1", 1], ["n1", "n5"]]  | n0-n1#1
          ["n4", "n0", "n1", "n5"]                       | n0-n1
          {"n5": ["n4", "n0", "n1", "n5"]}               | n0-n1
          """)
  void aRouteThatIsGivenIsKept(String route, String middle) throws Exception {
    String routed = PATTERN.replace("\"redundancy\": 1", "\"route\": " + route);

    assertThat(read(routed, TOPOLOGY).streams().getFirst().routes())
        .containsExactly(List.of("n4-n0", middle, "n1-n5"));
  }

  @Test
  void fractionsOfDelaysAreRoundedUp() throws Exception {
    String fractions = TOPOLOGY.replace("_delay_ns\": 1500", "_delay_ns\": 1499.2");

    var link = read(PATTERN, fractions).network().link("n4-n0").orElseThrow();

    assertThat(link.processing()).isEqualTo(1500);
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    String pattern =
        PATTERN
            .replace("\"frame_size_b\": 1000", "\"frame_size_b\": -1")
            .replace("\"sources\": [\"n5\"]", "\"sources\": [\"n9\"]");
    String topology = TOPOLOGY.replace("\"key\": 1,", "\"key\": 0,");

    assertThatThrownBy(() -> read(pattern, topology))
        .isInstanceOfSatisfying(
            BadInputException.class,
            bad ->
                assertThat(bad.faults())
                    .extracting(fault -> fault.line() + " " + fault.field())
                    .contains("2 /a_f0/frame_size_b", "3 /a_f1", "12 /links/3"));
  }

  private Scenario read(String pattern, String topology) throws IOException, BadInputException {
    Path streams = folder.resolve("s.pat");
    Path network = folder.resolve("t.top");
    Files.writeString(streams, pattern);
    Files.writeString(network, topology);
    return new TsnBenchReader().read(streams, network);
  }
}
