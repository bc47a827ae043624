package dev.perch.tsn.plan.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A JSON file that knows on which line each value stands. */
final class JsonFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final Faults faults;
  private final Map<String, Integer> lines = new HashMap<>();

  private JsonFile(String name, Faults faults) {
    this.name = name;
    this.faults = faults;
  }

  /** Its root; a missing place, and a fault, if it is not JSON. */
  static JsonPlace read(Path path, Faults faults) {
    JsonFile file = new JsonFile(path.toString(), faults);
    JsonNode root = MissingNode.getInstance();
    int before = faults.count();
    String text = TextFile.read(path, faults);
    if (faults.count() > before) {
      return new JsonPlace(file, root, "");
    }
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      parser.nextToken();
      root = file.value(parser, "");
      if (parser.nextToken() != null) {
        faults.add(
            file.name, parser.currentLocation().getLineNr(), "", "more than one value", "end here");
      }
    } catch (JsonProcessingException e) {
      faults.add(
          file.name,
          Math.max(0, e.getLocation() == null ? 0 : e.getLocation().getLineNr()),
          "",
          e.getOriginalMessage(),
          "correct the JSON");
      root = MissingNode.getInstance();
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory", e);
    }
    return new JsonPlace(file, root, "");
  }

  String name() {
    return name;
  }

  Faults faults() {
    return faults;
  }

  /** The line of a value, or of the object it should be in. */
  int line(String pointer) {
    String at = pointer;
    while (!lines.containsKey(at) && !at.isEmpty()) {
      at = at.substring(0, at.lastIndexOf('/'));
    }
    return lines.getOrDefault(at, 0);
  }

  String show(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.toString();
  }

  private JsonNode value(JsonParser parser, String pointer) throws IOException {
    JsonToken token = parser.currentToken();
    lines.put(pointer, parser.currentTokenLocation().getLineNr());
    if (token == JsonToken.START_OBJECT) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        String at = pointer + "/" + field;
        int line = parser.currentLocation().getLineNr();
        if (object.replace(field, value(parser, at)) != null) {
          faults.add(name, line, at, "the same name twice", "give each its own");
        }
      }
      return object;
    }
    if (token == JsonToken.START_ARRAY) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(value(parser, pointer + "/" + array.size()));
      }
      return array;
    }
    return token == null ? MissingNode.getInstance() : JSON.readTree(parser);
  }
}
