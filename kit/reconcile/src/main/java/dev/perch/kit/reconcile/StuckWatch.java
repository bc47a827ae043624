package dev.perch.kit.reconcile;

import dev.perch.kit.reconcile.WorkTable.Stuck;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alarm of a queue in which something fails for too long. It compares the table with what
 * should be said and says it, again and again, so it is right whoever died when.
 */
final class StuckWatch {
  static final String ALARM = "reconcile-stuck";

  private static final Logger LOG = LoggerFactory.getLogger(StuckWatch.class);

  private final WorkTable table;
  private final Troubles troubles;

  StuckWatch(WorkTable table, Troubles troubles) {
    this.table = table;
    this.troubles = troubles;
  }

  private static String words(Stuck stuck) {
    return "%s fails: %s, %s".formatted(stuck.key(), stuck.errorClass(), stuck.error());
  }

  void look(String queue) {
    try {
      table
          .stuck(queue)
          .ifPresentOrElse(
              stuck -> troubles.raise(ALARM, queue, words(stuck)),
              () -> troubles.clear(ALARM, queue));
    } catch (SQLException e) {
      LOG.atDebug().setCause(e).addKeyValue("queue", queue).log("The queue could not be looked at");
    }
  }
}
