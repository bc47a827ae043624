package dev.perch.kit.outbox;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** For a service without alarms: what they would say is in the log. */
final class LoggedTroubles implements Troubles {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedTroubles.class);

  @Override
  public void raise(String alarm, String entity, String text) {
    LOG.atError()
        .addKeyValue("alarm", alarm)
        .addKeyValue("entity", entity)
        .addKeyValue("text", text)
        .log("Alarm raised");
  }

  @Override
  public void clear(String alarm, String entity) {
    LOG.atDebug().addKeyValue("alarm", alarm).addKeyValue("entity", entity).log("Alarm cleared");
  }
}
