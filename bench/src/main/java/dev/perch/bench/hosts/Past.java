package dev.perch.bench.hosts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.bench.measure.Latencies;
import dev.perch.bench.stack.Inventory;
import dev.perch.bench.stack.Inventory.Tagged;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Hosts that are changed again and again, and what they were. Every answer is looked at. */
final class Past {
  private final Inventory inventory;
  private final RandomGenerator random;
  private final List<Tagged> newest;

  /** By host, then by version: the first is version 1. */
  private final List<List<Instant>> versions = new ArrayList<>();

  /**
   * @param hosts that nobody has changed yet
   */
  Past(Inventory inventory, RandomGenerator random, List<Tagged> hosts) {
    this.inventory = inventory;
    this.random = random;
    newest = new ArrayList<>(hosts);
    hosts.forEach(host -> versions.add(new ArrayList<>(List.of(host.host().updatedAt()))));
  }

  /** Changes one host after the other, and the first one again after the last. */
  Latencies change(int count) throws IOException, InterruptedException {
    return Latencies.of(
        count,
        number -> {
          int host = number % newest.size();
          Tagged changed = inventory.patchLabels(newest.get(host), Map.of("change", "c-" + number));
          newest.set(host, changed);
          versions.get(host).add(changed.host().updatedAt());
        });
  }

  /** Any version of any host, by the instant at which it came to be. */
  Latencies asOf(int count) throws IOException, InterruptedException {
    return Latencies.of(
        count,
        number -> {
          int host = random.nextInt(newest.size());
          int version = random.nextInt(versions.get(host).size());
          JsonNode was =
              inventory.get(path(host) + "?asOf=" + instant(versions.get(host).get(version)));
          require(was.path("version").asLong() == version + 1, was);
        });
  }

  /** Between the first version of a host and any later one. */
  Latencies difference(int count) throws IOException, InterruptedException {
    return Latencies.of(
        count,
        number -> {
          int host = random.nextInt(newest.size());
          List<Instant> instants = versions.get(host);
          Instant to = instants.get(random.nextInt(1, instants.size()));
          JsonNode items =
              inventory
                  .get(
                      path(host)
                          + "/difference?from="
                          + instant(instants.getFirst())
                          + "&to="
                          + instant(to))
                  .path("items");
          require(items.findValuesAsText("path").contains("/labels/change"), items);
        });
  }

  /** Between a host and the next one, as they are now. */
  Latencies differenceOfTwo(int count) throws IOException, InterruptedException {
    return Latencies.of(
        count,
        number -> {
          int host = number % newest.size();
          UUID other = newest.get((host + 1) % newest.size()).host().id();
          JsonNode items = inventory.get(path(host) + "/difference?with=" + other).path("items");
          require(items.findValuesAsText("path").contains("/name"), items);
        });
  }

  private String path(int host) {
    return "/v1/hosts/" + newest.get(host).host().id();
  }

  private static String instant(Instant instant) {
    return URLEncoder.encode(instant.toString(), StandardCharsets.UTF_8);
  }

  private static void require(boolean isRight, JsonNode answer) {
    if (!isRight) {
      throw new IllegalStateException("not what was asked for: " + answer);
    }
  }
}
