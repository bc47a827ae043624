package dev.perch.inventory.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.timeline.Difference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that differs.
 *
 * @param path RFC 6901 pointer
 * @param before absent if it was not there
 * @param after absent if it is not there
 */
record Differing(String path, @Nullable JsonNode before, @Nullable JsonNode after) {

  /** All that differs, by path. */
  static List<Differing> between(JsonNode before, JsonNode after) {
    return Difference.between(before, after).changed().stream()
        .map(path -> new Differing(path, at(before, path), at(after, path)))
        .toList();
  }

  private static @Nullable JsonNode at(JsonNode node, String path) {
    JsonNode found = node.at(path);
    return found.isMissingNode() ? null : found;
  }
}
