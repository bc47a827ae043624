package dev.perch.kit.alarms;

import dev.perch.contract.alarm.AlarmCatalogue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises and clears alarms. Every call returns at once and never throws: say it again whenever it
 * is found again, the same finding changes nothing. While the database is away the newest finding
 * of each alarm is kept in memory.
 */
public final class Alarms {
  private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

  private final AlarmWriter writer;

  Alarms(AlarmWriter writer) {
    this.writer = writer;
  }

  /** The alarm is active and says this; it is raised, changed or left as it is. */
  public void raise(Finding finding) {
    if (isKnown(finding.alarmId())) {
      writer.put(new Wanted.Active(finding));
    }
  }

  /** With the catalogue's severity. */
  public void raise(String alarmId, String entity, String text) {
    raise(Finding.of(alarmId, entity, text));
  }

  /** What was found is over; clearing what is not active changes nothing. */
  public void clear(String alarmId, String entity) {
    if (isKnown(alarmId)) {
      String stored = Finding.of(alarmId, entity, "").entity();
      writer.put(new Wanted.Cleared(new Wanted.Identity(alarmId, stored)));
    }
  }

  private static boolean isKnown(String alarmId) {
    boolean known = AlarmCatalogue.find(alarmId).isPresent();
    if (!known) {
      LOG.atError().addKeyValue("alarm", alarmId).log("Alarm is not in the catalogue");
    }
    return known;
  }
}
