package dev.perch.tsn.plan.format;

import dev.perch.tsn.plan.model.FailureCode;
import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.model.Relaxation;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The plan and the refusals of our own format. */
final class JsonPlanReader {

  Plan plan(JsonPlace place) {
    place.only(Set.of("hyperperiod", "streams", "gates"));
    Map<String, StreamPlan> streams = new LinkedHashMap<>();
    for (JsonPlace at : place.at("streams").elements()) {
      StreamPlan stream = stream(at);
      if (stream != null && streams.putIfAbsent(stream.stream(), stream) != null) {
        at.at("name").fault(stream.stream(), "plan each stream once");
      }
    }
    Map<String, GateList> gates = new LinkedHashMap<>();
    for (JsonPlace at : place.at("gates").elements()) {
      GateList list = gates(at);
      if (list != null && gates.putIfAbsent(list.link(), list) != null) {
        at.at("link").fault(list.link(), "write one list for a link");
      }
    }
    return new Plan(streams, gates);
  }

  private static @Nullable StreamPlan stream(JsonPlace place) {
    place.only(Set.of("name", "interval", "offset", "trees", "latencies"));
    List<Tree> trees = new ArrayList<>();
    for (JsonPlace at : place.at("trees").elements()) {
      at.only(Set.of("links", "transmissions"));
      List<Hop> hops = new ArrayList<>();
      for (JsonPlace hop : at.at("transmissions").elements()) {
        hop.only(Set.of("link", "queue", "starts"));
        List<Long> starts = new ArrayList<>();
        hop.at("starts").elements().forEach(s -> starts.add(s.integer(0, Long.MAX_VALUE)));
        String link = hop.at("link").text();
        int queue = (int) hop.at("queue").integer(0, 7);
        Hop made = hop.make(() -> new Hop(link, queue, starts));
        if (made != null) {
          hops.add(made);
        }
      }
      Tree tree = at.make(() -> new Tree(hops));
      if (tree != null) {
        trees.add(tree);
      }
    }
    String name = place.at("name").text();
    return place.make(() -> new StreamPlan(name, trees));
  }

  private static @Nullable GateList gates(JsonPlace place) {
    place.only(Set.of("link", "baseTime", "cycle", "entries"));
    List<GateEntry> entries = new ArrayList<>();
    for (JsonPlace at : place.at("entries").elements()) {
      at.only(Set.of("operation", "gates", "interval"));
      GateEntry.Operation operation =
          at.at("operation").oneOf(GateEntry.Operation.class, GateEntry.Operation.SET_GATE_STATES);
      int gates = (int) at.at("gates").integer(0, 255);
      long interval = at.at("interval").integer(1, Long.MAX_VALUE);
      GateEntry made = at.make(() -> new GateEntry(operation, gates, interval));
      if (made != null) {
        entries.add(made);
      }
    }
    String link = place.at("link").text();
    long base = place.at("baseTime").integer(0, Long.MAX_VALUE, 0);
    long cycle = place.at("cycle").integer(1, Long.MAX_VALUE);
    return place.make(() -> new GateList(link, base, cycle, entries));
  }

  List<Refusal> refusals(JsonPlace place) {
    List<Refusal> refusals = new ArrayList<>();
    for (JsonPlace at : place.exists() ? place.elements() : List.<JsonPlace>of()) {
      at.only(
          Set.of(
              "stream",
              "failureCode",
              "failure",
              "link",
              "blocking",
              "proof",
              "reason",
              "relaxations"));
      List<Relaxation> relaxations = new ArrayList<>();
      for (JsonPlace relaxation :
          at.at("relaxations").exists() ? at.at("relaxations").elements() : List.<JsonPlace>of()) {
        relaxations.add(
            new Relaxation(
                relaxation
                    .at("property")
                    .oneOf(Relaxation.Property.class, Relaxation.Property.MAX_LATENCY),
                relaxation.at("asked").integer(0, Long.MAX_VALUE),
                relaxation.at("accepted").integer(0, Long.MAX_VALUE)));
      }
      refusals.add(
          new Refusal(
              at.at("stream").text(),
              at.at("failure").oneOf(FailureCode.class, FailureCode.INSUFFICIENT_BANDWIDTH),
              at.at("link").exists() ? at.at("link").text() : null,
              at.at("blocking").exists() ? at.at("blocking").texts() : List.of(),
              at.at("proof").oneOf(Refusal.Proof.class, Refusal.Proof.NOT_FOUND),
              at.at("reason").text(""),
              relaxations));
    }
    return refusals;
  }
}
