package dev.perch.agent.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.agent.machine.Machine;
import dev.perch.agent.machine.Numbers;
import dev.perch.agent.machine.Unavailable;
import dev.perch.contract.facts.CpuFacts;
import dev.perch.contract.facts.Facet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From {@code lscpu}, flat before and nested since util-linux 2.37, and from sysfs. */
final class CpuCollector implements Collector {
  private static final String CPU = "/sys/devices/system/cpu/";
  private static final String VULNERABILITY = "Vulnerability ";

  private final Machine machine;

  CpuCollector(Machine machine) {
    this.machine = machine;
  }

  @Override
  public Facet facet() {
    return Facet.CPU;
  }

  @Override
  public CpuFacts collect() throws Unavailable {
    Map<String, String> lscpu = lscpu(machine);
    Unknowns unknown = new Unknowns();
    return new CpuFacts(
        lscpu.get("Architecture"),
        lscpu.get("Vendor ID"),
        lscpu.get("Model name"),
        lscpu.get("CPU family"),
        lscpu.get("Model"),
        lscpu.get("Stepping"),
        unknown.find("microcode", () -> microcode(lscpu)),
        number(lscpu, "CPU(s)").orElse(0),
        lscpu.get("On-line CPU(s) list"),
        unknown.find("isolated", () -> cpus("isolated")),
        unknown.find("tickless", () -> cpus("nohz_full")),
        orNull(number(lscpu, "Socket(s)")),
        orNull(number(lscpu, "Core(s) per socket")),
        orNull(number(lscpu, "Thread(s) per core")),
        orNull(number(lscpu, "CPU max MHz")),
        caches(lscpu),
        flags(lscpu),
        unknown.find("vulnerabilities", () -> vulnerabilities(lscpu), Map.of()),
        unknown.reasons());
  }

  /** What lscpu says, by the names it prints; what it does not know is left out. */
  static Map<String, String> lscpu(Machine machine) throws Unavailable {
    Map<String, String> fields = new LinkedHashMap<>();
    gather(machine.json("lscpu", "-J").path("lscpu"), fields);
    if (fields.isEmpty()) {
      throw new Unavailable("lscpu says nothing");
    }
    return fields;
  }

  private static void gather(JsonNode entries, Map<String, String> fields) {
    for (JsonNode entry : entries) {
      String name = entry.path("field").asText().replaceFirst(":$", "");
      String data = entry.path("data").asText().strip();
      if (!data.isEmpty() && !data.equals("-") && !data.equals("null")) {
        fields.putIfAbsent(name, data);
      }
      gather(entry.path("children"), fields);
    }
  }

  private Optional<String> microcode(Map<String, String> lscpu) throws Unavailable {
    return machine
        .text(CPU + "cpu0/microcode/version")
        .or(() -> Optional.ofNullable(lscpu.get("Microcode version")));
  }

  /** A list of processors; the kernel prints {@code (null)} where it was not told any. */
  private Optional<String> cpus(String name) throws Unavailable {
    if (!machine.exists(CPU + name)) {
      return Optional.empty();
    }
    return Optional.of(machine.text(CPU + name).filter(list -> !list.equals("(null)")).orElse(""));
  }

  private static Map<String, String> caches(Map<String, String> lscpu) {
    Map<String, String> caches = new TreeMap<>();
    lscpu.forEach(
        (name, value) -> {
          if (name.endsWith(" cache")) {
            caches.put(name.substring(0, name.length() - " cache".length()), value);
          }
        });
    return caches;
  }

  private static List<String> flags(Map<String, String> lscpu) {
    return Stream.of(lscpu.getOrDefault("Flags", "").split(" "))
        .filter(flag -> !flag.isEmpty())
        .sorted()
        .toList();
  }

  private Map<String, String> vulnerabilities(Map<String, String> lscpu) throws Unavailable {
    Map<String, String> found = new TreeMap<>();
    for (String name : machine.names(CPU + "vulnerabilities")) {
      machine
          .text(CPU + "vulnerabilities/" + name)
          .ifPresent(text -> found.put(name.replace('_', ' '), text));
    }
    if (found.isEmpty()) {
      lscpu.forEach(
          (name, value) -> {
            if (name.startsWith(VULNERABILITY)) {
              found.put(name.substring(VULNERABILITY.length()).toLowerCase(Locale.ROOT), value);
            }
          });
    }
    return found;
  }

  private static Optional<Integer> number(Map<String, String> lscpu, String name) {
    return Optional.ofNullable(lscpu.get(name)).flatMap(Numbers::rounded);
  }

  private static @Nullable Integer orNull(Optional<Integer> value) {
    return value.orElse(null);
  }
}
