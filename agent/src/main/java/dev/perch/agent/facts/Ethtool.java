package dev.perch.agent.facts;

import dev.perch.agent.machine.Machine;
import dev.perch.agent.machine.Numbers;
import dev.perch.contract.facts.NetworkFacts.Timestamping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ethtool} says of one interface, read from its text: its JSON came later, version by
 * version and option by option.
 *
 * @param features offloads that are on
 * @param changeableFeatures offloads that are off and not fixed
 */
record Ethtool(
    @Nullable String driver,
    @Nullable String driverVersion,
    @Nullable String firmware,
    @Nullable Boolean autoNegotiation,
    List<String> features,
    List<String> changeableFeatures,
    @Nullable Timestamping timestamping) {

  static final Ethtool NOTHING = new Ethtool(null, null, null, null, List.of(), List.of(), null);

  static Ethtool ask(Machine machine, String name, Unknowns unknown) {
    Map<String, String> driver =
        fields(unknown.find("driver", () -> machine.tool("ethtool", "-i", name), ""));
    Map<String, String> features =
        fields(unknown.find("features", () -> machine.tool("ethtool", "-k", name), ""));
    Map<String, String> link =
        fields(unknown.find("autoNegotiation", () -> machine.tool("ethtool", name), ""));
    String stamps = unknown.find("timestamping", () -> machine.tool("ethtool", "-T", name), "");
    String negotiation = link.get("Auto-negotiation");
    return new Ethtool(
        driver.get("driver"),
        driver.get("version"),
        driver.get("firmware-version"),
        negotiation == null ? null : negotiation.equals("on"),
        named(features, "on"),
        named(features, "off"),
        stamps.isEmpty() ? null : timestamping(stamps));
  }

  /** Lines of a name and a value; a line without a value is left out. */
  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new HashMap<>();
    text.lines()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2 && !parts[1].isBlank())
        .forEach(parts -> fields.put(parts[0].strip(), parts[1].strip()));
    return fields;
  }

  /** {@code on [fixed]} is on; {@code off [fixed]} will never be. */
  private static List<String> named(Map<String, String> features, String state) {
    return features.entrySet().stream()
        .filter(f -> f.getValue().equals(state) || f.getValue().startsWith(state + " ["))
        .filter(f -> state.equals("on") || !f.getValue().contains("[fixed]"))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static Timestamping timestamping(String text) {
    Map<String, List<String>> sections = new HashMap<>();
    String section = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith("\t") || line.startsWith(" ")) {
        sections.computeIfAbsent(section, key -> new ArrayList<>()).add(word(line));
      } else {
        String[] parts = line.split(":", 2);
        section = parts[0];
        if (parts.length == 2 && !parts[1].isBlank() && !parts[1].strip().equals("none")) {
          sections.put(section, List.of(word(parts[1])));
        }
      }
    }
    List<String> clock =
        Stream.of("PTP Hardware Clock", "Hardware timestamp provider index")
            .flatMap(key -> sections.getOrDefault(key, List.of()).stream())
            .toList();
    return new Timestamping(
        sorted(sections.get("Capabilities")),
        clock.isEmpty() ? null : Numbers.rounded(clock.getFirst()).orElse(null),
        sorted(sections.get("Hardware Transmit Timestamp Modes")),
        sorted(sections.get("Hardware Receive Filter Modes")));
  }

  /** The first word: behind it older versions print the constant's name in brackets. */
  private static String word(String line) {
    return line.strip().split("\\s", 2)[0];
  }

  private static List<String> sorted(@Nullable List<String> words) {
    return words == null
        ? List.of()
        : words.stream().filter(word -> !word.isEmpty()).sorted().toList();
  }
}
