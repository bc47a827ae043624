package dev.perch.agent.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.agent.machine.Machine;
import dev.perch.agent.machine.Numbers;
import dev.perch.agent.machine.Unavailable;
import dev.perch.contract.facts.DisksFacts;
import dev.perch.contract.facts.DisksFacts.Device;
import dev.perch.contract.facts.Facet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * From {@code lsblk}. Before util-linux 2.33 its numbers and booleans are strings; a device on
 * several others is printed below each of them and is one device here.
 */
final class DisksCollector implements Collector {
  private static final String COLUMNS =
      "NAME,KNAME,TYPE,SIZE,MODEL,SERIAL,VENDOR,REV,WWN,TRAN,ROTA,RM,RO,LOG-SEC,PHY-SEC,"
          + "FSTYPE,LABEL,UUID,PARTTYPE,PARTUUID";
  private static final Set<String> LEFT_OUT = Set.of("loop", "ram", "zram");

  private final Machine machine;

  DisksCollector(Machine machine) {
    this.machine = machine;
  }

  @Override
  public Facet facet() {
    return Facet.DISKS;
  }

  @Override
  public DisksFacts collect() throws Unavailable {
    Map<String, JsonNode> entries = new TreeMap<>();
    Map<String, Set<String>> parents = new TreeMap<>();
    JsonNode lsblk = machine.json("lsblk", "-J", "-b", "-o", COLUMNS);
    gather(lsblk.path("blockdevices"), "", entries, parents);
    return new DisksFacts(
        entries.entrySet().stream()
            .map(
                entry ->
                    device(
                        entry.getKey(),
                        entry.getValue(),
                        List.copyOf(parents.getOrDefault(entry.getKey(), Set.of()))))
            .toList(),
        Map.of());
  }

  private static void gather(
      JsonNode devices,
      String parent,
      Map<String, JsonNode> entries,
      Map<String, Set<String>> parents) {
    for (JsonNode device : devices) {
      String name = name(device);
      if (isLeftOut(device, name)) {
        continue;
      }
      entries.putIfAbsent(name, device);
      if (!parent.isEmpty()) {
        parents.computeIfAbsent(name, key -> new TreeSet<>()).add(parent);
      }
      gather(device.path("children"), name, entries, parents);
    }
  }

  /** The kernel's name: the other one may change when somebody renames a volume. */
  private static String name(JsonNode device) {
    String name = device.path("kname").asText("");
    if (name.isEmpty()) {
      name = device.path("name").asText();
    }
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static boolean isLeftOut(JsonNode device, String name) {
    return LEFT_OUT.contains(device.path("type").asText())
        || LEFT_OUT.contains(name.replaceFirst("\\d+$", ""));
  }

  private static Device device(String name, JsonNode json, List<String> parents) {
    return new Device(
        name,
        json.path("type").asText("disk"),
        parents,
        number(json, "size").orElse(0L),
        text(json, "model"),
        text(json, "serial"),
        text(json, "vendor"),
        text(json, "rev"),
        text(json, "wwn"),
        text(json, "tran"),
        isTrue(json, "rota"),
        isTrue(json, "rm"),
        isTrue(json, "ro"),
        number(json, "log-sec").map(Long::intValue).orElse(null),
        number(json, "phy-sec").map(Long::intValue).orElse(null),
        text(json, "fstype"),
        text(json, "label"),
        text(json, "uuid"),
        text(json, "parttype"),
        text(json, "partuuid"));
  }

  private static @Nullable String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    String text = value.isNull() ? "" : value.asText().strip();
    return text.isEmpty() ? null : text;
  }

  private static Optional<Long> number(JsonNode json, String field) {
    return Numbers.whole(json.path(field).asText());
  }

  private static boolean isTrue(JsonNode json, String field) {
    String value = json.path(field).asText();
    return value.equals("true") || value.equals("1");
  }
}
