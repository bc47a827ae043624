package dev.perch.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.output.Column;
import dev.perch.contract.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One change of one resource.
 *
 * @param type of CloudEvents: {@code dev.perch.inventory.host.changed.v1}
 * @param data a {@link dev.perch.contract.Changed}
 */
public record Event(String type, JsonNode data) {
  private static final Pattern TYPE = Pattern.compile("dev\\.perch\\.[^.]+\\.(.+)\\.v\\d+");
  private static final int MOST_CHANGES = 4;

  /** The type for people: {@code host.changed}. */
  public String what() {
    Matcher matcher = TYPE.matcher(type);
    return matcher.matches() ? matcher.group(1) : type;
  }

  /** What it happened to: {@code host}. */
  public String kind() {
    String what = what();
    int dot = what.indexOf('.');
    return dot < 0 ? what : what.substring(0, dot);
  }

  public String id() {
    return data.path("id").asText("");
  }

  public JsonNode json() {
    return Json.MAPPER.createObjectNode().put("type", type).set("data", data);
  }

  /**
   * For people.
   *
   * @param subject what they call the resource
   */
  public String line(String subject) {
    String reason = data.path("cause").path("reason").asText("");
    return String.format(
            "%s  %-22s  %s  v%d  %s%s",
            Column.seconds(data.path("at").asText()),
            what(),
            subject,
            data.path("version").asLong(),
            changes(data),
            reason.isEmpty() ? "" : "  (" + reason + ")")
        .stripTrailing();
  }

  /** The paths that changed, with both values where they are short: {@code /labels/rack: a → b}. */
  public static String changes(JsonNode change) {
    List<String> texts = new ArrayList<>();
    for (JsonNode path : change.path("changed")) {
      if (!path.asText().isEmpty()) {
        texts.add(change(change, path.asText()));
      }
    }
    int more = texts.size() - MOST_CHANGES;
    return more > 0
        ? String.join(", ", texts.subList(0, MOST_CHANGES)) + " and " + more + " more"
        : String.join(", ", texts);
  }

  private static String change(JsonNode change, String path) {
    JsonNode before = change.path("before").at(path);
    JsonNode after = change.path("after").at(path);
    if (before.isContainerNode() || after.isContainerNode()) {
      return path;
    }
    return path + ": " + before.asText("") + " → " + after.asText("");
  }
}
