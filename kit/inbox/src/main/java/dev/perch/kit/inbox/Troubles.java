package dev.perch.kit.inbox;

/**
 * Where the inbox reports what an operator must know. {@code kit/alarms} implements it with alarms
 * from the catalogue; both calls are idempotent and never throw.
 */
public interface Troubles {

  /**
   * @param alarm the catalogue's id: {@code consumer-stuck}
   * @param entity what is affected: a consumer
   * @param text what was found, for people
   */
  void raise(String alarm, String entity, String text);

  void clear(String alarm, String entity);
}
