package dev.perch.cli.tsn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Checks an exported plan against the two files of TSNBench, with nothing but the files. */
final class BenchReplay {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode streams;
  private final JsonNode plan;
  private final Map<String, JsonNode> nodes = new HashMap<>();
  private final Map<String, JsonNode> links = new HashMap<>();

  BenchReplay(Path pattern, Path graph, Path document) throws IOException {
    streams = JSON.readTree(pattern.toFile());
    plan = JSON.readTree(document.toFile()).path("plan");
    JsonNode topology = JSON.readTree(graph.toFile());
    topology.path("nodes").forEach(node -> nodes.put(node.path("id").asText(), node));
    topology
        .path("links")
        .forEach(
            link -> {
              int key = link.path("key").asInt();
              String name = link.path("source").asText() + "-" + link.path("target").asText();
              links.put(key == 0 ? name : name + "#" + key, link);
            });
  }

  void run() {
    Map<String, TreeMap<Long, Long>> busy = new HashMap<>();
    assertThat(plan.path("streams")).hasSize(streams.size());
    for (JsonNode planned : plan.path("streams")) {
      JsonNode asked = streams.path(planned.path("name").asText());
      assertThat(asked.isObject()).isTrue();
      follow(asked, planned.path("trees").get(0).path("transmissions"), busy);
    }
  }

  private void follow(
      JsonNode asked, JsonNode transmissions, Map<String, TreeMap<Long, Long>> busy) {
    long size = Math.max(64, asked.path("frame_size_b").asLong());
    long cycle = asked.path("cycle_time_ns").asLong();
    Map<String, Long> there = new HashMap<>();
    Set<String> left = new HashSet<>();
    asked.path("destinations").forEach(node -> left.add(node.asText()));
    long launched = transmissions.get(0).path("starts").get(0).asLong();
    assertThat(launched).isBetween(0L, cycle - 1);
    there.put(asked.path("sources").get(0).asText(), launched);
    for (JsonNode hop : transmissions) {
      JsonNode link = links.getOrDefault(hop.path("link").asText(), JSON.nullNode());
      long start = hop.path("starts").get(0).asLong();
      assertThat(there).containsKey(link.path("source").asText());
      assertThat(start)
          .isGreaterThanOrEqualTo(there.getOrDefault(link.path("source").asText(), 0L));
      JsonNode node = nodes.getOrDefault(link.path("target").asText(), JSON.nullNode());
      JsonNode header = node.path("fwd_header_b");
      long heard = header.isNumber() ? Math.min(header.asLong(), size + 8) : size + 8;
      long propagation = link.path("propagation_delay_ns").asLong();
      there.put(
          link.path("target").asText(),
          start + time(heard, link) + propagation + node.path("processing_delay_ns").asLong());
      if (left.remove(link.path("target").asText())
          && asked.path("max_latency_ns").isIntegralNumber()) {
        assertThat(start + time(size + 8, link) + propagation - launched)
            .isLessThanOrEqualTo(asked.path("max_latency_ns").asLong());
      }
      for (long at = start % cycle; at < hyperperiod(); at += cycle) {
        reserve(busy, hop.path("link").asText(), at, time(size + 20, link));
      }
    }
    assertThat(left).isEmpty();
  }

  private void reserve(
      Map<String, TreeMap<Long, Long>> busy, String link, long start, long length) {
    TreeMap<Long, Long> taken = busy.computeIfAbsent(link, name -> new TreeMap<>());
    var before = taken.lowerEntry(start + length);
    assertThat(before == null || before.getValue() <= start).as("one frame on " + link).isTrue();
    taken.put(start, start + length);
  }

  private long hyperperiod() {
    return plan.path("hyperperiod").asLong();
  }

  private static long time(long bytes, JsonNode link) {
    return Math.ceilDiv(bytes * 8 * 1000, link.path("link_speed_mbps").asLong());
  }
}
