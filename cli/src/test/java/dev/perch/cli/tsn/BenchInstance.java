package dev.perch.cli.tsn;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** Scenarios in the shape of TSNBench's. */
final class BenchInstance {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode topology = JSON.createObjectNode();
  private final ObjectNode streams = JSON.createObjectNode();
  private final ArrayNode nodes = topology.putArray("nodes");
  private final ArrayNode links = topology.putArray("links");
  private int stations;

  /** Switches n0 to n…, in a ring. */
  static BenchInstance ring(int switches, boolean cutThrough) {
    BenchInstance ring = new BenchInstance();
    for (int i = 0; i < switches; i++) {
      ring.node("n" + i, true, cutThrough);
      ring.stations(i, 2);
    }
    for (int i = 0; i < switches; i++) {
      ring.cable("n" + i, "n" + (i + 1) % switches, 0, 1000);
    }
    return ring;
  }

  /** Two switches with two links between them, the hosts at 100 Mbit/s. */
  static BenchInstance doubled() {
    BenchInstance two = new BenchInstance();
    for (int i = 0; i < 2; i++) {
      two.node("n" + i, true, i == 1);
      two.stations(i, 4);
    }
    two.cable("n0", "n1", 0, 1000);
    two.cable("n0", "n1", 1, 1000);
    return two;
  }

  BenchInstance streams(int count, long base, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      ObjectNode stream = streams.putObject("a_f" + i);
      int from = random.nextInt(stations);
      stream.putArray("sources").add("e" + from);
      ArrayNode to = stream.putArray("destinations");
      for (int k = 1; k <= 1 + i % 3; k++) {
        to.add("e" + (from + k) % stations);
      }
      long cycle = base << random.nextInt(3);
      stream.put("cycle_time_ns", cycle);
      stream.put("frame_size_b", 64 + random.nextInt(300));
      if (i % 4 == 0) {
        stream.putNull("max_latency_ns");
      } else {
        stream.put("max_latency_ns", 3 * cycle);
      }
      stream.put("redundancy", 1);
    }
    return this;
  }

  void write(Path pattern, Path graph) throws IOException {
    topology.put("directed", true).put("multigraph", true).putObject("graph");
    JSON.writeValue(pattern.toFile(), streams);
    JSON.writeValue(graph.toFile(), topology);
  }

  private void stations(int at, int count) {
    for (int i = 0; i < count; i++) {
      String name = "e" + stations++;
      node(name, false, false);
      cable(name, "n" + at, 0, 1000);
    }
  }

  private void node(String name, boolean bridge, boolean cutThrough) {
    ObjectNode node = nodes.addObject();
    node.put("id", name).put("is_switch", bridge).put("processing_delay_ns", bridge ? 1200 : 0);
    if (cutThrough) {
      node.put("fwd_header_b", 24);
    } else {
      node.putNull("fwd_header_b");
    }
    node.put("queues_per_port", 8);
  }

  private void cable(String a, String b, int key, int rate) {
    for (int way = 0; way < 2; way++) {
      links
          .addObject()
          .put("key", key)
          .put("source", way == 0 ? a : b)
          .put("target", way == 0 ? b : a)
          .put("link_speed_mbps", rate)
          .put("propagation_delay_ns", 50);
    }
  }
}
