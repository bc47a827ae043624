package dev.perch.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.perch.contract.Json;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Where a command prints: results on {@code out}, in the format that was asked for; what it has to
 * say beside them on {@code err}.
 *
 * @param width of the terminal; the largest there is if {@code out} is none
 */
public record Screen(PrintWriter out, PrintWriter err, Format format, int width) {

  /** A list: for programs in one object with {@code items}, as REST has it. */
  public void list(List<JsonNode> items, Table table) {
    if (format == Format.table) {
      table.lines(items, width).forEach(out::println);
    } else {
      ObjectNode list = Json.MAPPER.createObjectNode();
      list.putArray("items").addAll(items);
      document(list);
    }
    out.flush();
  }

  /** One document whose parts are what people want to see. */
  public void show(JsonNode document, List<JsonNode> parts, Table table) {
    if (format == Format.table) {
      list(parts, table);
    } else {
      one(document);
    }
  }

  /** One resource. */
  public void one(JsonNode resource) {
    if (format == Format.table) {
      Details.lines(resource).forEach(out::println);
    } else {
      document(resource);
    }
    out.flush();
  }

  /**
   * One of many that come over time: a line for people, JSON on one line for programs.
   *
   * @param line for people
   */
  public void next(JsonNode item, String line) {
    switch (format) {
      case table -> out.println(line.replaceAll("\\p{Cntrl}+", " "));
      case json -> out.println(Json.write(item));
      case yaml -> out.print("---\n" + yaml(item));
    }
    out.flush();
  }

  /** Something for people only. */
  public void say(String line) {
    err.println(line);
    err.flush();
  }

  private void document(JsonNode node) {
    out.print(format == Format.json ? Json.write(node) + "\n" : yaml(node));
  }

  private static String yaml(JsonNode node) {
    try {
      return YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build()
          .writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
