package dev.perch.bench.soak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What was checked, and what was found wrong. Safe for use by many threads. */
public final class Findings {
  private static final int EXAMPLES = 5;

  private final Map<String, List<String>> byCheck = new LinkedHashMap<>();

  /** The check was made; without findings it is good. */
  public synchronized void checked(String check) {
    byCheck.putIfAbsent(check, new ArrayList<>());
  }

  public synchronized void add(String check, String finding) {
    byCheck.computeIfAbsent(check, name -> new ArrayList<>()).add(finding);
  }

  public synchronized boolean isEmpty() {
    return byCheck.values().stream().allMatch(List::isEmpty);
  }

  /** A line per check, then examples of what is wrong. */
  public synchronized void print(Consumer<String> line) {
    byCheck.forEach(
        (check, findings) -> {
          line.accept(
              "%-60s %s"
                  .formatted(check, findings.isEmpty() ? "good" : findings.size() + " wrong"));
          findings.stream().limit(EXAMPLES).forEach(finding -> line.accept("    " + finding));
        });
  }
}
