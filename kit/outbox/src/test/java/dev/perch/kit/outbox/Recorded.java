package dev.perch.kit.outbox;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Troubles as they stand. */
final class Recorded implements Troubles {
  private final Map<String, String> raised = new ConcurrentHashMap<>();

  @Override
  public void raise(String alarm, String entity, String text) {
    raised.put(alarm + " " + entity, text);
  }

  @Override
  public void clear(String alarm, String entity) {
    raised.remove(alarm + " " + entity);
  }

  /** Alarm and entity, with a space between. */
  Set<String> raised() {
    return Set.copyOf(raised.keySet());
  }

  String text(String alarm, String entity) {
    return raised.getOrDefault(alarm + " " + entity, "");
  }
}
