package dev.perch.tsn.plan.format;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.perch.tsn.plan.model.Bridge;
import dev.perch.tsn.plan.model.DeviceProfile;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Node;
import dev.perch.tsn.plan.model.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes our own format: one file that says what was asked for and what came of it. */
public final class JsonWriter {
  static final String FORMAT = "perch-tsn-1";
  static final Set<String> DEVICE_FIELDS =
      Set.of(
          "name",
          "listLength",
          "bridgeListLength",
          "minInterval",
          "maxInterval",
          "maxCycle",
          "tick",
          "oneOpening",
          "sharedTimer");
  static final Set<String> STREAM_FIELDS =
      Set.of(
          "name",
          "talker",
          "listeners",
          "interval",
          "framesPerInterval",
          "frameBytes",
          "maxLatency",
          "maxJitter",
          "earliestOffset",
          "latestOffset",
          "seamlessTrees",
          "movable",
          "routes");

  private final PlanDocument document;

  public JsonWriter(PlanDocument document) {
    this.document = document;
  }

  /** Writes the file, and the folder it is in. */
  public void write(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    // A line for each object; arrays of numbers on one line.
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter(" ", "\n"));
    try (JsonGenerator json = new JsonFactory().createGenerator(path.toFile(), JsonEncoding.UTF8)) {
      json.setPrettyPrinter(printer);
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      network(json);
      json.writeArrayFieldStart("streams");
      for (Stream stream : document.scenario().streams()) {
        stream(json, stream);
      }
      json.writeEndArray();
      new JsonPlanWriter(json, document).write();
      json.writeEndObject();
    }
  }

  private void network(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("network");
    json.writeArrayFieldStart("nodes");
    for (Node node : document.scenario().network().nodes()) {
      json.writeStartObject();
      json.writeStringField("name", node.name());
      json.writeStringField("kind", node instanceof Bridge ? "bridge" : "endStation");
      json.writeNumberField("clockError", node.clockError());
      device(json, node.device());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("links");
    for (Link link : document.scenario().network().links()) {
      link(json, link);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void device(JsonGenerator json, DeviceProfile device) throws IOException {
    if (device.equals(DeviceProfile.byName(device.name()).orElse(null))) {
      json.writeStringField("device", device.name());
      return;
    }
    json.writeObjectFieldStart("device");
    json.writeStringField("name", device.name());
    json.writeNumberField("listLength", device.listLength());
    json.writeNumberField("bridgeListLength", device.bridgeListLength());
    json.writeNumberField("minInterval", device.minInterval());
    json.writeNumberField("maxInterval", device.maxInterval());
    json.writeNumberField("maxCycle", device.maxCycle());
    json.writeNumberField("tick", device.tick());
    json.writeBooleanField("oneOpening", device.oneOpening());
    json.writeBooleanField("sharedTimer", device.sharedTimer());
    json.writeEndObject();
  }

  private static void link(JsonGenerator json, Link link) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", link.name());
    json.writeStringField("from", link.from());
    json.writeStringField("to", link.to());
    json.writeNumberField("rate", link.rate());
    json.writeNumberField("propagation", link.propagation());
    json.writeNumberField("processing", link.processing());
    json.writeNumberField("cutThroughBytes", link.cutThroughBytes());
    json.writeObjectFieldStart("port");
    json.writeNumberField("queues", link.port().queues());
    json.writeNumberField("timeTriggered", link.port().timeTriggered());
    json.writeNumberField("guardBand", link.port().guardBand());
    json.writeBooleanField("preemption", link.port().preemption());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void stream(JsonGenerator json, Stream stream) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", stream.name());
    json.writeStringField("talker", stream.talker());
    texts(json, "listeners", stream.listeners());
    json.writeNumberField("interval", stream.interval());
    json.writeNumberField("framesPerInterval", stream.framesPerInterval());
    json.writeNumberField("frameBytes", stream.frameBytes());
    optional(json, "maxLatency", stream.maxLatency());
    optional(json, "maxJitter", stream.maxJitter());
    json.writeNumberField("earliestOffset", stream.earliestOffset());
    optional(json, "latestOffset", stream.latestOffset());
    json.writeNumberField("seamlessTrees", stream.seamlessTrees());
    json.writeBooleanField("movable", stream.movable());
    if (!stream.routes().isEmpty()) {
      json.writeArrayFieldStart("routes");
      for (List<String> route : stream.routes()) {
        json.writeArray(route.toArray(new String[0]), 0, route.size());
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
    json.writeFieldName(name);
    json.writeArray(texts.toArray(new String[0]), 0, texts.size());
  }

  private static void optional(JsonGenerator json, String name, @Nullable Long value)
      throws IOException {
    if (value != null) {
      json.writeNumberField(name, value);
    }
  }
}
