package dev.perch.kit.alarms;

import dev.perch.contract.alarm.Alarm;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An alarm as its row has it.
 *
 * @param site the site it concerns; not part of the alarm itself
 */
record Kept(Alarm alarm, @Nullable UUID site) {

  boolean isActive() {
    return alarm.clearedAt() == null;
  }
}
