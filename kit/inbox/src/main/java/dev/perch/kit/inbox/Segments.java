package dev.perch.kit.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Applies records through the guard and the projection, and finds those that can never be applied:
 * when a segment fails for good it is rolled back to its savepoint and halved, down to the record.
 */
final class Segments {

  /** A record that decoded, beside what it came from. */
  private record Decoded(ConsumerRecord<String, byte[]> raw, Received received) {}

  /**
   * @param applied how many records the projection was given
   * @param rejected in the order of their offsets within a partition
   */
  record Outcome(int applied, List<Rejected> rejected) {}

  private final Projection projection;
  private final Guard guard;

  Segments(Projection projection) {
    this.projection = projection;
    guard = new Guard(projection);
  }

  /**
   * @throws SQLException for a fault that passes; the transaction must be rolled back
   */
  Outcome apply(Connection connection, List<ConsumerRecord<String, byte[]>> records)
      throws SQLException {
    List<Rejected> rejected = new ArrayList<>();
    List<Decoded> decoded = new ArrayList<>(records.size());
    for (ConsumerRecord<String, byte[]> record : records) {
      try {
        decoded.add(new Decoded(record, Decoder.decode(record)));
      } catch (UnacceptableRecord e) {
        rejected.add(new Rejected(record, new Fault.Permanent(e)));
      }
    }
    int applied = decoded.isEmpty() ? 0 : segment(connection, decoded, rejected);
    return new Outcome(applied, rejected);
  }

  private int segment(Connection connection, List<Decoded> records, List<Rejected> rejected)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      List<Received> fresh =
          guard.admit(connection, records.stream().map(Decoded::received).toList());
      if (!fresh.isEmpty()) {
        projection.apply(connection, fresh);
      }
      connection.releaseSavepoint(before);
      return fresh.size();
    } catch (SQLException | RuntimeException e) {
      if (!(Fault.of(e) instanceof Fault.Permanent why)) {
        throw e;
      }
      connection.rollback(before);
      if (records.size() == 1) {
        rejected.add(new Rejected(records.getFirst().raw(), why));
        return 0;
      }
      int middle = records.size() / 2;
      return segment(connection, records.subList(0, middle), rejected)
          + segment(connection, records.subList(middle, records.size()), rejected);
    }
  }
}
