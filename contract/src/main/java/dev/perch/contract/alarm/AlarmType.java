package dev.perch.contract.alarm;

import java.util.Objects;

/**
 * One kind of alarm, as the catalogue defines it.
 *
 * @param id stable, kebab-case: {@code relay-stuck}
 * @param severity what it is raised with
 * @param probableCause a name from ITU-T X.721 or X.736: {@code queueSizeExceeded}
 * @param entity what an alarm of this kind is about: {@code the topic's name}
 * @param text what is wrong, in a sentence
 * @param proposedRepair what an operator can do
 * @param clearsWhen what has to be seen before it goes
 */
public record AlarmType(
    String id,
    Severity severity,
    EventType eventType,
    String probableCause,
    String entity,
    String text,
    String proposedRepair,
    String clearsWhen) {

  public AlarmType {
    Objects.requireNonNull(severity, id);
    Objects.requireNonNull(eventType, id);
  }
}
