package dev.perch.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.contract.host.HostDocument;
import java.util.List;
import java.util.stream.Stream;

/**
 * The AsyncAPI 3.0 document of everything Perch publishes, from the catalogue and the schemas. It
 * refers to nothing outside itself.
 */
final class AsyncApi {
  private static final String TOMBSTONE = "tombstone";
  private static final String TRAIT = "cloudEvent";

  private final ObjectNode document = Json.MAPPER.createObjectNode();
  private final ObjectNode channels;
  private final ObjectNode operations;
  private final ObjectNode messages;
  private final ObjectNode schemas;

  private AsyncApi() {
    document.put("asyncapi", "3.0.0");
    document
        .putObject("info")
        .put("title", "Perch events")
        .put("version", "1.0.0")
        .put(
            "description",
            """
            What Perch's services publish: for each kind of resource the newest state on a \
            compacted topic and every change on a log. At least once; in order per key; no order \
            across keys. Ignore fields, words and types you do not know.\
            """);
    document.put("defaultContentType", "application/json");
    channels = document.putObject("channels");
    operations = document.putObject("operations");
    ObjectNode components = document.putObject("components");
    messages = components.putObject("messages");
    headers(components.putObject("messageTraits").putObject(TRAIT));
    schemas = components.putObject("schemas");
  }

  static ObjectNode document() throws JsonProcessingException {
    AsyncApi api = new AsyncApi();
    api.tombstone();
    for (Aggregate aggregate : Catalogue.aggregates()) {
      String about = "The newest state of each " + aggregate.name() + ".";
      api.channel(aggregate.state(), about, List.of(aggregate.stateType(), TOMBSTONE));
      List<String> log = Catalogue.changes(aggregate).stream().map(aggregate::type).toList();
      api.channel(aggregate.log(), "Every change of each " + aggregate.name() + ".", log);
    }
    for (String service : Catalogue.SERVICES) {
      String about = "What " + service + " wants on hosts: a document per host and aspect.";
      api.channel(Catalogue.hostDesired(service), about, List.of(HostDocument.TYPE, TOMBSTONE));
    }
    for (String type : Schemas.types()) {
      api.message(type);
    }
    return api.document;
  }

  private void channel(Topic topic, String description, List<String> types) {
    ObjectNode channel = channels.putObject(topic.name());
    channel.put("address", topic.name()).put("description", description);
    ObjectNode choices = channel.putObject("messages");
    types.forEach(type -> ref(choices.putObject(type), "#/components/messages/" + type));
    ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
    kafka.put("partitions", topic.partitions());
    ObjectNode config = kafka.putObject("topicConfiguration");
    topic.config().keySet().stream()
        .sorted()
        .forEach(
            key -> {
              String value = topic.config().get(key);
              if (key.equals("cleanup.policy")) {
                config.putArray(key).add(value);
              } else {
                config.put(key, Long.parseLong(value));
              }
            });
    kafka.put("bindingVersion", "0.5.0");

    ObjectNode operation = operations.putObject("publish-" + topic.name());
    operation.put("action", "send");
    ref(operation.putObject("channel"), "#/channels/" + topic.name());
  }

  private void message(String type) throws JsonProcessingException {
    JsonNode schema = Json.MAPPER.readTree(Schemas.text(type).orElseThrow());
    ObjectNode message = messages.putObject(type);
    message.put("name", type).put("title", schema.path("title").asText());
    message.put("contentType", "application/json");
    key(message);
    ref(message.putArray("traits").addObject(), "#/components/messageTraits/" + TRAIT);
    ref(message.putObject("payload"), "#/components/schemas/" + type);
    schemas.set(type, inlined(type, schema));
  }

  /**
   * The schema with its one definition under a name of its own: AsyncAPI resolves from the root.
   */
  private ObjectNode inlined(String type, JsonNode schema) {
    ObjectNode body = schema.deepCopy();
    body.remove(List.of("$schema", "$id"));
    JsonNode resource = body.path("$defs").path("resource");
    if (!resource.isMissingNode()) {
      String name = type + ".resource";
      schemas.set(name, resource);
      Stream.of("before", "after")
          .map(field -> body.path("properties").path(field))
          .filter(JsonNode::isObject)
          .forEach(field -> ref((ObjectNode) field, "#/components/schemas/" + name));
      body.remove("$defs");
    }
    return body;
  }

  private void tombstone() {
    ObjectNode message = messages.putObject(TOMBSTONE);
    message.put("name", TOMBSTONE).put("title", "The resource of this key is gone");
    key(message);
    ObjectNode headers = message.putObject("headers").put("type", "object");
    headers.putArray("required").add(EventHeaders.EPOCH).add(EventHeaders.SEQUENCE);
    ObjectNode fields = headers.putObject("properties");
    order(fields);
    message.putObject("payload").put("type", "null").put("description", "A null value.");
  }

  private static void key(ObjectNode message) {
    ObjectNode kafka = message.putObject("bindings").putObject("kafka");
    kafka.putObject("key").put("type", "string").put("description", "The resource's id.");
    kafka.put("bindingVersion", "0.5.0");
  }

  private static void headers(ObjectNode trait) {
    ObjectNode headers = trait.putObject("headers").put("type", "object");
    headers.put("description", "CloudEvents 1.0, binary Kafka binding; values are UTF-8 text.");
    ArrayNode required = headers.putArray("required");
    List.of(
            EventHeaders.SPEC_VERSION,
            EventHeaders.ID,
            EventHeaders.TYPE,
            EventHeaders.SOURCE,
            EventHeaders.SUBJECT,
            EventHeaders.TIME,
            EventHeaders.EPOCH,
            EventHeaders.SEQUENCE)
        .forEach(required::add);
    ObjectNode fields = headers.putObject("properties");
    text(fields, EventHeaders.SPEC_VERSION, "The version of CloudEvents.").put("const", "1.0");
    text(fields, EventHeaders.ID, "Of this event; the same when it is sent again.");
    text(fields, EventHeaders.TYPE, "The name of the message below.");
    text(fields, EventHeaders.SOURCE, "The service that wrote it.");
    text(fields, EventHeaders.SUBJECT, "The resource's id; equals the key.");
    text(fields, EventHeaders.TIME, "When it was committed.").put("format", "date-time");
    text(fields, EventHeaders.CONTENT_TYPE, "Of the value.").put("const", "application/json");
    order(fields);
    text(fields, EventHeaders.SITE, "The site's id; absent where the resource has none.");
    text(fields, EventHeaders.TRACEPARENT, "W3C Trace Context of the request that caused it.");
  }

  private static void order(ObjectNode fields) {
    text(fields, EventHeaders.EPOCH, "A decimal number; compare it before the sequence.")
        .put("pattern", "^[0-9]+$");
    text(fields, EventHeaders.SEQUENCE, "A decimal number, gap-free per key within an epoch.")
        .put("pattern", "^[0-9]+$");
  }

  private static ObjectNode text(ObjectNode fields, String name, String description) {
    return fields.putObject(name).put("type", "string").put("description", description);
  }

  private static void ref(ObjectNode node, String target) {
    node.put("$ref", target);
  }
}
