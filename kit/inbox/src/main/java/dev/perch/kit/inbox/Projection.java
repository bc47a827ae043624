package dev.perch.kit.inbox;

import dev.perch.contract.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * What a service makes of the records of some topics: rows in its own tables. A CDI bean; see the
 * module's README for the channel that feeds it.
 */
public interface Projection {

  /**
   * Names the consumer: its Kafka group, its rows in the inbox's tables, its dead letters {@code
   * perch.<consumer>.dlq}. Begins with the service: {@code inventory.host-desired}. Never changes.
   */
  String consumer();

  /** What the channel is subscribed to. Topics that are absent are created. */
  Set<Topic> topics();

  /**
   * Applies records in the batch's transaction, together with their offsets. It may be called again
   * with the same records, or a part of them, after the first call was rolled back, so its effects
   * must all be in the connection.
   *
   * <p>Every record here has passed the guard: it is newer than anything applied for its key. Of a
   * state topic there is at most one record per key, the newest of the batch; of a log there are
   * all, oldest first. A consumer that comes back after tombstones are gone is given the missing
   * ones of a state topic, with the version after the last applied and no other headers.
   *
   * @param connection in the batch's transaction; do not commit, roll back or close it
   * @param records never empty; records of one key are in order
   * @throws SQLException a violation of data or constraints (SQLState classes 22, 23 and 44) dead-
   *     letters the record that caused it; anything else is retried until it succeeds
   * @throws UnacceptableRecord or another runtime exception dead-letters the record that caused it
   */
  void apply(Connection connection, List<Received> records) throws SQLException;
}
