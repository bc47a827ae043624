package dev.perch.kit.alarms;

import dev.perch.contract.Cause;
import dev.perch.contract.alarm.Alarm;
import dev.perch.contract.alarm.AlarmCatalogue;
import dev.perch.contract.alarm.AlarmType;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One version of an alarm, and what led to it.
 *
 * <pre>
 *            raise              raise (other text or severity), acknowledge, comment
 *   nothing --------> active <----------------------------------------------.
 *                      |  ^  '----------------------------------------------'
 *                clear |  | raise
 *                      v  |
 *                     cleared
 * </pre>
 *
 * Whatever would change nothing is no step. A new severity takes the acknowledgement back: the
 * operator took on something else (3GPP TS 32.111-2 §5.3.6). The comment goes with it, for it was
 * about that; the log keeps it.
 *
 * @param what the last word of the log event's type
 * @param before null for the first version
 */
record Step(String what, @Nullable Kept before, Kept after, Cause cause) {

  static @Nullable Step raise(String service, @Nullable Kept before, Finding finding, Instant now) {
    AlarmType type = AlarmCatalogue.require(finding.alarmId());
    Alarm raised =
        new Alarm(
            Alarm.id(service, finding.alarmId(), finding.entity()),
            service,
            finding.alarmId(),
            finding.entity(),
            Objects.requireNonNullElse(finding.severity(), type.severity()),
            finding.text(),
            type.probableCause(),
            type.proposedRepair(),
            now,
            now,
            null,
            null,
            null,
            null,
            before == null ? 1 : before.alarm().version() + 1);
    Cause cause = own(service, "alarm.raise");
    if (before == null || !before.isActive()) {
      return new Step("raised", before, new Kept(raised, finding.site()), cause);
    }
    Kept changed = new Kept(goingOn(before.alarm(), raised), finding.site());
    return isSame(before, changed) ? null : new Step("changed", before, changed, cause);
  }

  static @Nullable Step clear(String service, @Nullable Kept before, Instant now) {
    if (before == null || !before.isActive()) {
      return null;
    }
    Alarm was = before.alarm();
    Alarm alarm = with(was, now, now, was.acknowledgedBy(), was.acknowledgedAt(), was.comment());
    return new Step("cleared", before, new Kept(alarm, before.site()), own(service, "alarm.clear"));
  }

  /** The same operator with the same words again is no step; without words, those there stay. */
  static @Nullable Step acknowledge(
      Kept before, @Nullable String comment, Cause cause, Instant now) {
    Alarm was = before.alarm();
    String words = comment == null ? was.comment() : comment;
    if (cause.actor().equals(was.acknowledgedBy()) && Objects.equals(words, was.comment())) {
      return null;
    }
    Alarm alarm = with(was, now, null, cause.actor(), now, words);
    return new Step("acknowledged", before, new Kept(alarm, before.site()), cause);
  }

  /** Words in the place of those that were there; whoever took the alarm on still has it. */
  static @Nullable Step comment(Kept before, String comment, Cause cause, Instant now) {
    Alarm was = before.alarm();
    if (comment.equals(was.comment())) {
      return null;
    }
    Alarm alarm = with(was, now, null, was.acknowledgedBy(), was.acknowledgedAt(), comment);
    return new Step("changed", before, new Kept(alarm, before.site()), cause);
  }

  /** An active alarm that now says something else. */
  private static Alarm goingOn(Alarm was, Alarm is) {
    boolean acknowledged = was.severity() == is.severity();
    return new Alarm(
        is.id(),
        is.service(),
        is.alarmId(),
        is.entity(),
        is.severity(),
        is.text(),
        is.probableCause(),
        is.proposedRepair(),
        was.raisedAt(),
        is.updatedAt(),
        null,
        acknowledged ? was.acknowledgedBy() : null,
        acknowledged ? was.acknowledgedAt() : null,
        acknowledged ? was.comment() : null,
        is.version());
  }

  private static boolean isSame(Kept before, Kept after) {
    return before.alarm().text().equals(after.alarm().text())
        && before.alarm().severity() == after.alarm().severity()
        && Objects.equals(before.site(), after.site());
  }

  private static Cause own(String service, String operation) {
    return new Cause("service:" + service, operation, null);
  }

  private static Alarm with(
      Alarm was,
      Instant updatedAt,
      @Nullable Instant clearedAt,
      @Nullable String acknowledgedBy,
      @Nullable Instant acknowledgedAt,
      @Nullable String comment) {
    return new Alarm(
        was.id(),
        was.service(),
        was.alarmId(),
        was.entity(),
        was.severity(),
        was.text(),
        was.probableCause(),
        was.proposedRepair(),
        was.raisedAt(),
        updatedAt,
        clearedAt,
        acknowledgedBy,
        acknowledgedAt,
        comment,
        was.version() + 1);
  }
}
