package dev.perch.agent.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.agent.machine.Machine;
import dev.perch.agent.machine.Numbers;
import dev.perch.agent.machine.Unavailable;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.facts.TopologyFacts;
import dev.perch.contract.facts.TopologyFacts.Neighbour;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * From lldpd, by {@code lldpcli -f json0}: the format in which every value is in a list, so that
 * one neighbour looks as two do.
 */
final class TopologyCollector implements Collector {
  private final Machine machine;

  TopologyCollector(Machine machine) {
    this.machine = machine;
  }

  @Override
  public Facet facet() {
    return Facet.TOPOLOGY;
  }

  @Override
  public TopologyFacts collect() throws Unavailable {
    JsonNode answer = neighbours();
    List<Neighbour> neighbours = new ArrayList<>();
    for (JsonNode lldp : answer.path("lldp")) {
      for (JsonNode seen : lldp.path("interface")) {
        if (seen.path("via").asText("LLDP").equals("LLDP")) {
          neighbours.add(neighbour(seen));
        }
      }
    }
    neighbours.sort(
        Comparator.comparing(Neighbour::localInterface)
            .thenComparing(Neighbour::chassisId)
            .thenComparing(Neighbour::portId));
    return new TopologyFacts(neighbours, Map.of());
  }

  private JsonNode neighbours() throws Unavailable {
    try {
      return machine.json("lldpcli", "-f", "json0", "show", "neighbors", "details");
    } catch (Unavailable e) {
      throw e.reason().startsWith("lldpcli failed")
          ? new Unavailable("lldpd does not run, or may not be asked")
          : e;
    }
  }

  private static Neighbour neighbour(JsonNode seen) {
    JsonNode chassis = seen.path("chassis").path(0);
    JsonNode port = seen.path("port").path(0);
    String vlan = seen.path("vlan").path(0).path("vlan-id").asText();
    return new Neighbour(
        seen.path("name").asText(),
        chassis.path("id").path(0).path("type").asText("local"),
        chassis.path("id").path(0).path("value").asText(),
        value(chassis, "name"),
        value(chassis, "descr"),
        port.path("id").path(0).path("type").asText("local"),
        port.path("id").path(0).path("value").asText(),
        value(port, "descr"),
        stream(chassis.path("mgmt-ip")).map(ip -> ip.path("value").asText()).sorted().toList(),
        stream(chassis.path("capability"))
            .filter(capability -> capability.path("enabled").asBoolean())
            .map(capability -> capability.path("type").asText())
            .sorted()
            .toList(),
        Numbers.rounded(vlan).orElse(null));
  }

  private static @Nullable String value(JsonNode parent, String field) {
    String text = parent.path(field).path(0).path("value").asText();
    return text.isEmpty() ? null : text;
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
