package dev.perch.tsn.plan.format;

import dev.perch.tsn.plan.model.Bridge;
import dev.perch.tsn.plan.model.DeviceProfile;
import dev.perch.tsn.plan.model.EndStation;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Node;
import dev.perch.tsn.plan.model.Port;
import dev.perch.tsn.plan.model.Stream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads our own format; {@code perch-tsn-1.schema.json} beside this class describes it. */
public final class JsonReader {
  private final Faults faults = new Faults();

  /**
   * Reads a file.
   *
   * @throws BadInputException with everything that is wrong with it, also if it cannot be read
   */
  public PlanDocument read(Path path) throws BadInputException {
    JsonPlace root = JsonFile.read(path, faults);
    faults.raise();
    root.only(Set.of("format", "network", "streams", "plan", "refusals"));
    String format = root.at("format").text();
    if (!format.equals(JsonWriter.FORMAT)) {
      root.at("format").fault(format, "write " + JsonWriter.FORMAT);
    }
    Network network = network(root.at("network"));
    List<Stream> streams = streams(root.at("streams"), network);
    JsonPlanReader plans = new JsonPlanReader();
    JsonPlace plan = root.at("plan");
    var read = plan.exists() ? plans.plan(plan) : null;
    var refusals = plans.refusals(root.at("refusals"));
    faults.raise();
    return new PlanDocument(new Scenario(network, streams), read, refusals);
  }

  private Network network(JsonPlace place) {
    place.only(Set.of("nodes", "links"));
    Map<String, Node> nodes = new LinkedHashMap<>();
    for (JsonPlace at : place.at("nodes").elements()) {
      Node node = node(at);
      if (node != null && nodes.putIfAbsent(node.name(), node) != null) {
        at.at("name").fault(node.name(), "name each node once");
      }
    }
    Map<String, Link> links = new LinkedHashMap<>();
    for (JsonPlace at : place.at("links").elements()) {
      Link link = link(at);
      if (link == null) {
        continue;
      }
      for (String end : List.of("from", "to")) {
        String name = at.at(end).text("");
        if (!nodes.containsKey(name)) {
          at.at(end).fault(name, "name a node of the network");
          link = null;
        }
      }
      if (link != null && links.putIfAbsent(link.name(), link) != null) {
        at.at("name").fault(link.name(), "name each link once");
      }
    }
    return new Network(List.copyOf(nodes.values()), List.copyOf(links.values()));
  }

  /** What kinds of nodes there are. */
  enum Kind {
    bridge,
    endStation
  }

  private static @Nullable Node node(JsonPlace at) {
    at.only(Set.of("name", "kind", "clockError", "device"));
    String name = at.at("name").text();
    Kind kind = at.at("kind").oneOf(Kind.class, Kind.bridge);
    long clockError = at.at("clockError").integer(0, Long.MAX_VALUE, 0);
    DeviceProfile device = device(at.at("device"));
    return at.make(
        () ->
            kind == Kind.bridge
                ? new Bridge(name, clockError, device)
                : new EndStation(name, clockError, device));
  }

  private static DeviceProfile device(JsonPlace at) {
    if (!at.exists()) {
      return DeviceProfile.UNLIMITED;
    }
    if (at.isText()) {
      DeviceProfile known = DeviceProfile.byName(at.text()).orElse(null);
      if (known == null) {
        List<String> names = DeviceProfile.known().stream().map(DeviceProfile::name).toList();
        at.fault(at.text(), "name one of " + String.join(", ", names));
      }
      return known == null ? DeviceProfile.UNLIMITED : known;
    }
    at.only(JsonWriter.DEVICE_FIELDS);
    DeviceProfile base = DeviceProfile.UNLIMITED;
    DeviceProfile device =
        at.make(
            () ->
                new DeviceProfile(
                    at.at("name").text(),
                    (int) at.at("listLength").integer(2, Integer.MAX_VALUE, base.listLength()),
                    (int)
                        at.at("bridgeListLength")
                            .integer(2, Integer.MAX_VALUE, base.bridgeListLength()),
                    at.at("minInterval").integer(1, Long.MAX_VALUE, base.minInterval()),
                    at.at("maxInterval").integer(1, Long.MAX_VALUE, base.maxInterval()),
                    at.at("maxCycle").integer(1, Long.MAX_VALUE, base.maxCycle()),
                    at.at("tick").integer(1, Long.MAX_VALUE, base.tick()),
                    at.at("oneOpening").bool(base.oneOpening()),
                    at.at("sharedTimer").bool(base.sharedTimer())));
    return Objects.requireNonNullElse(device, base);
  }

  private static @Nullable Link link(JsonPlace at) {
    at.only(
        Set.of(
            "name", "from", "to", "rate", "propagation", "processing", "cutThroughBytes", "port"));
    String from = at.at("from").text();
    String to = at.at("to").text();
    long rate = at.at("rate").integer(1, 1_600_000);
    Port port = port(at.at("port"), rate);
    return at.make(
        () ->
            new Link(
                at.at("name").text(from + "-" + to),
                from,
                to,
                rate,
                at.at("propagation").integer(0, Long.MAX_VALUE, 0),
                at.at("processing").integer(0, Long.MAX_VALUE, 0),
                (int) at.at("cutThroughBytes").integer(0, 65_535, 0),
                port));
  }

  private static Port port(JsonPlace at, long rate) {
    Port usual = Port.of(rate, 1);
    if (!at.exists()) {
      return usual;
    }
    at.only(Set.of("queues", "timeTriggered", "guardBand", "preemption"));
    Port port =
        at.make(
            () ->
                new Port(
                    (int) at.at("queues").integer(1, 8, usual.queues()),
                    (int) at.at("timeTriggered").integer(1, 8, usual.timeTriggered()),
                    at.at("guardBand").integer(0, Long.MAX_VALUE, usual.guardBand()),
                    at.at("preemption").bool(false)));
    return Objects.requireNonNullElse(port, usual);
  }

  private static List<Stream> streams(JsonPlace place, Network network) {
    Map<String, Stream> streams = new LinkedHashMap<>();
    for (JsonPlace at : place.elements()) {
      Stream stream = stream(at);
      if (stream == null) {
        continue;
      }
      network
          .violationsOf(stream)
          .forEach(
              violation ->
                  at.fault(violation.field() + " " + violation.found(), violation.remedy()));
      if (streams.putIfAbsent(stream.name(), stream) != null) {
        at.at("name").fault(stream.name(), "name each stream once");
      }
    }
    return List.copyOf(streams.values());
  }

  private static @Nullable Stream stream(JsonPlace at) {
    at.only(JsonWriter.STREAM_FIELDS);
    List<List<String>> routes = new ArrayList<>();
    if (at.at("routes").exists()) {
      at.at("routes").elements().forEach(route -> routes.add(route.texts()));
    }
    return at.make(
        () ->
            new Stream(
                at.at("name").text(),
                at.at("talker").text(),
                at.at("listeners").texts(),
                at.at("interval").integer(1, Long.MAX_VALUE),
                (int) at.at("framesPerInterval").integer(1, 1 << 20, 1),
                (int) at.at("frameBytes").integer(1, 65_535),
                at.at("maxLatency").optional(1),
                at.at("maxJitter").optional(0),
                at.at("earliestOffset").integer(0, Long.MAX_VALUE, 0),
                at.at("latestOffset").optional(0),
                (int) at.at("seamlessTrees").integer(1, 8, 1),
                at.at("movable").bool(true),
                routes));
  }
}
