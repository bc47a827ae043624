package dev.perch.bench.spine;

import dev.perch.contract.Catalogue;
import dev.perch.contract.Topic;
import dev.perch.kit.inbox.Projection;
import dev.perch.kit.inbox.Received;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** A table of hosts in another database, as a service would keep it. */
record Hosts(@Override String consumer) implements Projection {
  private static final String UPSERT =
      """
      insert into host (id, value) select * from unnest(?::uuid[], ?::text[])
      on conflict (id) do update set value = excluded.value
      """;
  private static final String DELETE = "delete from host where id = any (?::uuid[])";

  @Override
  public Set<Topic> topics() {
    return Set.of(Catalogue.HOSTS.state());
  }

  @Override
  public void apply(Connection connection, List<Received> records) throws SQLException {
    List<Received> present = records.stream().filter(record -> !record.isTombstone()).toList();
    Object[] gone = records.stream().filter(Received::isTombstone).map(Received::key).toArray();
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT);
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      upsert.setArray(
          1, connection.createArrayOf("uuid", present.stream().map(Received::key).toArray()));
      upsert.setArray(
          2,
          connection.createArrayOf(
              "text", present.stream().map(host -> String.valueOf(host.value())).toArray()));
      upsert.executeUpdate();
      delete.setArray(1, connection.createArrayOf("uuid", gone));
      delete.executeUpdate();
    }
  }
}
