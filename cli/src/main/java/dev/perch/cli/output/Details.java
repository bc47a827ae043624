package dev.perch.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** One resource for people: a line for each value, under the path that leads to it. */
final class Details {
  private static final Column PATH = Column.of("path", "/path");
  private static final Column VALUE = Column.of("value", "/value");

  private Details() {}

  static List<String> lines(JsonNode resource) {
    List<JsonNode> rows = new ArrayList<>();
    flatten("", resource, rows);
    return Table.of(PATH, VALUE).lines(rows, Integer.MAX_VALUE).stream().skip(1).toList();
  }

  private static void flatten(String path, JsonNode node, List<JsonNode> rows) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  flatten(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      rows));
    } else if (node.isArray() && !isPlain(node)) {
      for (int i = 0; i < node.size(); i++) {
        flatten(path + "[" + i + "]", node.get(i), rows);
      }
    } else {
      ObjectNode row = JsonNodeFactory.instance.objectNode();
      rows.add(row.put("path", path).put("value", node.isArray() ? words(node) : node.asText()));
    }
  }

  private static boolean isPlain(JsonNode array) {
    for (JsonNode item : array) {
      if (item.isContainerNode()) {
        return false;
      }
    }
    return true;
  }

  private static String words(JsonNode array) {
    List<String> words = new ArrayList<>();
    array.forEach(item -> words.add(item.asText()));
    return String.join(" ", words);
  }
}
