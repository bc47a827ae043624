package dev.perch.launcher;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A command line: options and the words between them.
 *
 * @param values of the options that have one, in their order
 */
record Arguments(Map<String, List<String>> values, Set<String> switches, List<String> words) {

  /** The options of a command: those with a value, and those without. */
  record Syntax(Set<String> valued, Set<String> switches) {}

  private static final Map<String, String> SHORT = Map.of("-d", "--detach", "-f", "--follow");

  /**
   * @throws UsageException naming the option that is unknown or lacks its value
   */
  static Arguments parse(List<String> line, Syntax syntax) {
    Map<String, List<String>> values = new HashMap<>();
    Set<String> switches = new HashSet<>();
    List<String> words = new ArrayList<>();
    Iterator<String> rest = line.iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      String[] parts = word.split("=", 2);
      String option = SHORT.getOrDefault(parts[0], parts[0]);
      if (!option.startsWith("-")) {
        words.add(word);
      } else if (syntax.switches().contains(option) && parts.length == 1) {
        switches.add(option);
      } else if (syntax.valued().contains(option)) {
        values
            .computeIfAbsent(option, first -> new ArrayList<>())
            .add(parts.length == 2 ? parts[1] : next(rest, option));
      } else {
        throw new UsageException("unknown option " + word);
      }
    }
    return new Arguments(values, switches, words);
  }

  boolean has(String option) {
    return switches.contains(option);
  }

  /** The last value given. */
  Optional<String> value(String option) {
    List<String> all = all(option);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  List<String> all(String option) {
    return values.getOrDefault(option, List.of());
  }

  /** The one word the command takes. */
  String word(String what) {
    if (words.size() != 1) {
      throw new UsageException(
          words.isEmpty() ? "name a " + what : "one " + what + " at a time: " + words);
    }
    return words.getFirst();
  }

  private static String next(Iterator<String> rest, String option) {
    if (!rest.hasNext()) {
      throw new UsageException(option + " needs a value");
    }
    return rest.next();
  }
}
