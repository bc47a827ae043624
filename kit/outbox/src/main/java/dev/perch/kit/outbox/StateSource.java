package dev.perch.kit.outbox;

import dev.perch.contract.Aggregate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the state audit compares with a state topic, and what it publishes again. A service has one
 * bean of this type per aggregate; {@link EntityStates} is all a Hibernate entity needs.
 *
 * <p>A key that was deleted never comes back, or goes on with its versions: a lower version than
 * the topic has means that the database lost something.
 *
 * <p>Both calls block and are made on threads of the audit. A fault of the database is thrown.
 */
public interface StateSource {

  /** The topics that are audited. */
  Aggregate aggregate();

  /** Whether this service writes the key; on a topic of its own it writes all. */
  default boolean owns(String key) {
    return true;
  }

  /**
   * A page of what exists, in ascending order of the keys.
   *
   * @param after the last key of the page before; null asks for the first page
   * @return at most {@code limit} entries; fewer, and the table is at its end
   */
  List<Version> versions(@Nullable String after, int limit);

  /**
   * Publishes the newest state of these aggregates again, in one transaction: locks their rows in
   * the order of the keys, as an update would, and hands each to {@link Outbox#restate}. Leaves out
   * keys that do not exist.
   *
   * @return the keys that exist
   */
  Set<String> republish(List<String> keys);

  /** One existing aggregate and the version its row has. */
  record Version(String key, long version) {}
}
