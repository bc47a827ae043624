package dev.perch.kit.alarms;

import dev.perch.contract.alarm.Severity;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was found wrong, by whoever raises an alarm.
 *
 * @param alarmId the catalogue's id: {@code relay-stuck}
 * @param entity what is affected, as the catalogue says; with the alarm's id it is the identity
 * @param text what was found, for people; the same text again changes nothing
 * @param severity null for the catalogue's
 * @param site the site it concerns, null if it concerns none or all
 */
public record Finding(
    String alarmId, String entity, String text, @Nullable Severity severity, @Nullable UUID site) {

  private static final int LONGEST_ENTITY = 500;
  private static final int LONGEST_TEXT = 2000;

  public Finding {
    entity = storable(entity, LONGEST_ENTITY);
    text = storable(text, LONGEST_TEXT);
  }

  public static Finding of(String alarmId, String entity, String text) {
    return new Finding(alarmId, entity, text, null, null);
  }

  public Finding as(Severity severity) {
    return new Finding(alarmId, entity, text, severity, site);
  }

  public Finding at(UUID site) {
    return new Finding(alarmId, entity, text, severity, site);
  }

  /** Raising must not fail, so what the database would refuse is cut off. */
  static String storable(String text, int longest) {
    String clean = text.replace('\0', '\uFFFD');
    return clean.length() <= longest ? clean : clean.substring(0, longest - 1) + "…";
  }
}
