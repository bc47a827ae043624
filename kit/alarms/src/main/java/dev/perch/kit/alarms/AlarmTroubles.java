package dev.perch.kit.alarms;

import jakarta.enterprise.context.ApplicationScoped;

/** What trouble outbox and inbox are in, as alarms. */
@ApplicationScoped
class AlarmTroubles implements dev.perch.kit.outbox.Troubles, dev.perch.kit.inbox.Troubles {
  private final Alarms alarms;

  AlarmTroubles(Alarms alarms) {
    this.alarms = alarms;
  }

  @Override
  public void raise(String alarm, String entity, String text) {
    alarms.raise(alarm, entity, text);
  }

  @Override
  public void clear(String alarm, String entity) {
    alarms.clear(alarm, entity);
  }
}
