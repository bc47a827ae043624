package dev.perch.agent.facts;

import dev.perch.agent.machine.Unavailable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers why fields of a facet could not be found out, so that one does not cost the others. */
final class Unknowns {

  /** Where a field comes from. */
  @FunctionalInterface
  interface Source<T> {
    T get() throws Unavailable;
  }

  private final Map<String, String> reasons = new TreeMap<>();

  /** The field's value; null if there is none, or if it cannot be found out. */
  <T> @Nullable T find(String field, Source<Optional<T>> source) {
    return find(field, source, Optional.<T>empty()).orElse(null);
  }

  /** The field's value, or another if it cannot be found out. */
  <T> T find(String field, Source<T> source, T otherwise) {
    try {
      return source.get();
    } catch (Unavailable e) {
      reasons.put(field, e.reason());
      return otherwise;
    }
  }

  void add(String field, String reason) {
    reasons.put(field, reason);
  }

  Map<String, String> reasons() {
    return reasons;
  }
}
