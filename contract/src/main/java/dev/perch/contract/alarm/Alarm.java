package dev.perch.contract.alarm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alarm: the REST resource and the value on {@code perch.alarms}. It is active until {@code
 * clearedAt} is set; the same id raised again later is the same resource with a higher version.
 *
 * @param id {@code service/alarmId/entity}: the key on both topics
 * @param service who raised it
 * @param alarmId the catalogue's id
 * @param entity what is affected: a topic, a host id; it may hold slashes
 * @param severity null if the writer is newer and uses a word this reader does not know
 * @param text what was found, for people
 * @param probableCause a name from ITU-T X.721 or X.736
 * @param raisedAt when it became active, the last time
 * @param acknowledgedBy the subject id of the operator who took it on
 * @param comment the operator's words
 * @param version gap-free, starts at 1
 */
public record Alarm(
    String id,
    String service,
    String alarmId,
    String entity,
    @Nullable Severity severity,
    String text,
    String probableCause,
    String proposedRepair,
    Instant raisedAt,
    Instant updatedAt,
    @Nullable Instant clearedAt,
    @Nullable String acknowledgedBy,
    @Nullable Instant acknowledgedAt,
    @Nullable String comment,
    long version) {

  /** The key of an alarm: who raises what about which entity. */
  public static String id(String service, String alarmId, String entity) {
    return service + "/" + alarmId + "/" + entity;
  }
}
