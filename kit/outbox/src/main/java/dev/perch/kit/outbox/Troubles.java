package dev.perch.kit.outbox;

/**
 * Where the relay and the audit report what an operator must know. {@code kit/alarms} implements it
 * with alarms from the catalogue; both calls are idempotent and never throw.
 */
public interface Troubles {

  /**
   * @param alarm the catalogue's id: {@code database-behind-topic}
   * @param entity what is affected: a topic, a key
   * @param text what was found, for people
   */
  void raise(String alarm, String entity, String text);

  void clear(String alarm, String entity);
}
