package dev.perch.kit.reconcile;

import dev.perch.kit.alarms.Alarms;

/** What trouble the queues are in, as alarms. */
record AlarmTroubles(Alarms alarms) implements Troubles {
  @Override
  public void raise(String alarm, String entity, String text) {
    alarms.raise(alarm, entity, text);
  }

  @Override
  public void clear(String alarm, String entity) {
    alarms.clear(alarm, entity);
  }
}
