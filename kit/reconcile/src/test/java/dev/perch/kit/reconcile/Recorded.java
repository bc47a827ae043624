package dev.perch.kit.reconcile;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The alarms that are active, and what they say. */
final class Recorded implements Troubles {
  final Map<String, String> active = new ConcurrentHashMap<>();

  @Override
  public void raise(String alarm, String entity, String text) {
    active.put(alarm + "/" + entity, text);
  }

  @Override
  public void clear(String alarm, String entity) {
    active.remove(alarm + "/" + entity);
  }
}
