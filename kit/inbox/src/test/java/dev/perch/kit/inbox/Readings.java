package dev.perch.kit.inbox;

import dev.perch.contract.Topic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Every reading of every gauge: a projection of a log. */
record Readings(@Override String consumer, Topic topic) implements Projection {

  @Override
  public Set<Topic> topics() {
    return Set.of(topic);
  }

  @Override
  public void apply(Connection connection, List<Received> records) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into reading (gauge, version, reading) values (?, ?, ?)")) {
      for (Received record : records) {
        insert.setString(1, record.key());
        insert.setLong(2, record.sequence());
        insert.setLong(3, record.as(Gauges.Gauge.class).reading());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
