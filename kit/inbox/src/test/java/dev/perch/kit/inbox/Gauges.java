package dev.perch.kit.inbox;

import dev.perch.contract.Topic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** The newest reading per gauge: a projection of a state topic. */
record Gauges(@Override String consumer, Topic topic) implements Projection {
  private static final String UPSERT =
      """
      insert into gauge (id, reading)
      select * from unnest(?::text[], ?::bigint[])
      on conflict (id) do update set reading = excluded.reading, tx = excluded.tx
      """;

  /** The value on the topic. */
  record Gauge(long reading) {}

  @Override
  public Set<Topic> topics() {
    return Set.of(topic);
  }

  @Override
  public void apply(Connection connection, List<Received> records) throws SQLException {
    List<Received> present = records.stream().filter(r -> !r.isTombstone()).toList();
    Object[] ids = present.stream().map(Received::key).toArray();
    Object[] readings = present.stream().map(r -> r.as(Gauge.class).reading()).toArray();
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      upsert.setArray(1, connection.createArrayOf("text", ids));
      upsert.setArray(2, connection.createArrayOf("bigint", readings));
      upsert.executeUpdate();
    }
    Object[] gone = records.stream().filter(Received::isTombstone).map(Received::key).toArray();
    try (PreparedStatement delete =
        connection.prepareStatement("delete from gauge where id = any (?)")) {
      delete.setArray(1, connection.createArrayOf("text", gone));
      delete.executeUpdate();
    }
  }
}
