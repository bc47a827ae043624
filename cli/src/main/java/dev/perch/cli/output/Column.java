package dev.perch.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * One column of a table.
 *
 * @param cell its text for one item; empty if the item has nothing there
 * @param spare left out where the terminal is too narrow for all
 */
public record Column(String title, Function<JsonNode, String> cell, boolean spare) {

  public Column(String title, Function<JsonNode, String> cell) {
    this(title, cell, false);
  }

  /** An id of something that has a name too. */
  public static Column id(String title, String pointer) {
    return new Column(title, of(title, pointer).cell(), true);
  }

  /**
   * @param pointer where the text is in an item (RFC 6901)
   */
  public static Column of(String title, String pointer) {
    return new Column(title, item -> item.at(pointer).asText(""));
  }

  /** A value of any kind; what is no text is shown as JSON. */
  public static Column json(String title, String pointer) {
    return new Column(
        title,
        item -> {
          JsonNode value = item.at(pointer);
          return value.isContainerNode() ? value.toString() : value.asText("");
        });
  }

  /** A constant of the API as people read it: {@code SHUTTING_DOWN} is shutting-down. */
  public static Column word(String title, String pointer) {
    return new Column(title, item -> word(item.at(pointer).asText("")));
  }

  /** An instant to the second, in UTC. */
  public static Column time(String title, String pointer) {
    return new Column(title, item -> seconds(item.at(pointer).asText("")));
  }

  /** A map of labels, as a selector would name them. */
  public static Column labels(String title, String pointer) {
    return new Column(
        title,
        item -> {
          List<String> labels = new ArrayList<>();
          item.at(pointer)
              .properties()
              .forEach(label -> labels.add(label.getKey() + "=" + label.getValue().asText()));
          return String.join(",", labels);
        });
  }

  public static String word(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** RFC 3339 without a fraction. */
  public static String seconds(String instant) {
    return instant.replaceFirst("\\.\\d+Z$", "Z");
  }
}
