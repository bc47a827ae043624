package dev.perch.tsn.plan.format;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.model.Relaxation;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Tree;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;

/** The plan and the refusals of our own format. */
final class JsonPlanWriter {
  private final JsonGenerator json;
  private final PlanDocument document;

  JsonPlanWriter(JsonGenerator json, PlanDocument document) {
    this.json = json;
    this.document = document;
  }

  void write() throws IOException {
    Plan plan = document.plan();
    if (plan != null) {
      json.writeObjectFieldStart("plan");
      OptionalLong hyperperiod = Hyperperiod.of(document.scenario().streams());
      if (hyperperiod.isPresent()) {
        json.writeNumberField("hyperperiod", hyperperiod.getAsLong());
      }
      json.writeArrayFieldStart("streams");
      for (Stream stream : document.scenario().streams()) {
        StreamPlan planned = plan.streams().get(stream.name());
        if (planned != null) {
          stream(stream, planned);
        }
      }
      json.writeEndArray();
      json.writeArrayFieldStart("gates");
      for (GateList list : plan.gates().values()) {
        gates(list);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeArrayFieldStart("refusals");
    for (Refusal refusal : document.refusals()) {
      refusal(refusal);
    }
    json.writeEndArray();
  }

  private void stream(Stream stream, StreamPlan planned) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", stream.name());
    json.writeNumberField("interval", stream.interval());
    json.writeNumberField("offset", planned.trees().getFirst().offset());
    json.writeArrayFieldStart("trees");
    for (Tree tree : planned.trees()) {
      json.writeStartObject();
      JsonWriter.texts(json, "links", tree.hops().stream().map(Hop::link).toList());
      json.writeArrayFieldStart("transmissions");
      for (Hop hop : tree.hops()) {
        json.writeStartObject();
        json.writeStringField("link", hop.link());
        json.writeNumberField("queue", hop.queue());
        long[] starts = hop.starts().stream().mapToLong(Long::longValue).toArray();
        json.writeFieldName("starts");
        json.writeArray(starts, 0, starts.length);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("latencies");
    Map<String, Long> latencies =
        Latencies.of(document.scenario().network(), stream, planned.trees().getFirst());
    for (Map.Entry<String, Long> latency : latencies.entrySet()) {
      json.writeStartObject();
      json.writeStringField("listener", latency.getKey());
      json.writeNumberField("latency", latency.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void gates(GateList list) throws IOException {
    json.writeStartObject();
    json.writeStringField("link", list.link());
    json.writeNumberField("baseTime", list.baseTime());
    json.writeNumberField("cycle", list.cycle());
    json.writeArrayFieldStart("entries");
    for (GateEntry entry : list.entries()) {
      json.writeStartObject();
      json.writeStringField("operation", entry.operation().name());
      json.writeNumberField("gates", entry.gates());
      json.writeNumberField("interval", entry.interval());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void refusal(Refusal refusal) throws IOException {
    json.writeStartObject();
    json.writeStringField("stream", refusal.stream());
    json.writeNumberField("failureCode", refusal.code().code());
    json.writeStringField("failure", refusal.code().name());
    if (refusal.link() != null) {
      json.writeStringField("link", refusal.link());
    }
    JsonWriter.texts(json, "blocking", refusal.blocking());
    json.writeStringField("proof", refusal.proof().name());
    json.writeStringField("reason", refusal.reason());
    json.writeArrayFieldStart("relaxations");
    for (Relaxation relaxation : refusal.relaxations()) {
      json.writeStartObject();
      json.writeStringField("property", relaxation.property().name());
      json.writeNumberField("asked", relaxation.asked());
      json.writeNumberField("accepted", relaxation.accepted());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
