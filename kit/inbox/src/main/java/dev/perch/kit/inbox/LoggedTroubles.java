package dev.perch.kit.inbox;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where no alarms are kept, the log has them. */
@ApplicationScoped
@DefaultBean
class LoggedTroubles implements Troubles {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedTroubles.class);

  @Override
  public void raise(String alarm, String entity, String text) {
    LOG.atWarn()
        .addKeyValue("alarm", alarm)
        .addKeyValue("entity", entity)
        .addKeyValue("text", text)
        .log("Trouble");
  }

  @Override
  public void clear(String alarm, String entity) {
    LOG.atDebug().addKeyValue("alarm", alarm).addKeyValue("entity", entity).log("Trouble is over");
  }
}
