package dev.perch.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Derives the schemas of a log topic's events from the schema of the resource, so that a field is
 * described once. Each is complete in itself: a consumer needs one file per type.
 */
final class LogSchema {
  private LogSchema() {}

  static ObjectNode of(Aggregate aggregate, String what, JsonNode resource) {
    String type = aggregate.type(what);
    ObjectNode schema = Json.MAPPER.createObjectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$id", "urn:perch:schema:" + type);
    schema.put("title", resource.path("title").asText() + " " + what);
    schema.put("description", "One change of one resource.");
    schema.put("type", "object");
    required(schema, "id", "version", "at", "changed", "cause");

    ObjectNode fields = schema.putObject("properties");
    text(fields, "id", "The resource; the key.");
    fields.set("version", resource.at("/properties/version"));
    text(fields, "at", "When it was committed, by the database's clock.")
        .put("format", "date-time");
    boolean creates = what.equals("created") || what.equals("raised");
    boolean deletes = what.equals("deleted");
    if (!creates) {
      subtree(fields, "before", deletes ? "The resource as it was." : "The touched parts before.");
    }
    if (!deletes) {
      subtree(fields, "after", creates ? "The whole resource." : "The touched parts after.");
    }
    text(fields, "changed", "The touched paths, RFC 6901 pointers.")
        .put("type", "array")
        .putObject("items")
        .put("type", "string");
    fields.set("cause", cause());
    text(fields, "truncated", "True: before and after were left out for their size.")
        .put("type", "boolean");

    schema.putObject("$defs").set("resource", creates || deletes ? body(resource) : part(resource));
    return schema;
  }

  private static ObjectNode cause() {
    ObjectNode cause = Json.MAPPER.createObjectNode();
    cause.put("type", "object");
    cause.put("description", "Who did it, by which operation, and why.");
    required(cause, "actor", "operation");
    ObjectNode fields = cause.putObject("properties");
    text(fields, "actor", "The token's subject id, or service:<name> for Perch itself.");
    text(fields, "operation", "What was done: host.register.");
    text(fields, "reason", "The operator's words.");
    return cause;
  }

  private static void required(ObjectNode schema, String... names) {
    ArrayNode required = schema.putArray("required");
    for (String name : names) {
      required.add(name);
    }
  }

  private static ObjectNode text(ObjectNode fields, String name, String description) {
    return fields.putObject(name).put("type", "string").put("description", description);
  }

  private static void subtree(ObjectNode fields, String name, String description) {
    fields.putObject(name).put("$ref", "#/$defs/resource").put("description", description);
  }

  private static ObjectNode body(JsonNode resource) {
    ObjectNode body = resource.deepCopy();
    body.remove("$schema");
    body.remove("$id");
    return body;
  }

  /** The resource's shape with nothing required: only what was touched is there. */
  private static ObjectNode part(JsonNode resource) {
    ObjectNode part = body(resource);
    part.findParents("required").stream()
        .filter(parent -> parent.get("required").isArray())
        .forEach(parent -> ((ObjectNode) parent).remove("required"));
    return part;
  }
}
