package dev.perch.inventory.notice;

import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Puts notices into the transaction that makes them true. */
public final class Notices {
  private Notices() {}

  public static void post(Connection connection, Notice.Kind kind, Collection<UUID> hosts)
      throws SQLException {
    if (hosts.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into link_notice (kind, host_id) select ?, unnest(?::uuid[])")) {
      insert.setString(1, kind.name());
      insert.setArray(2, connection.createArrayOf("uuid", hosts.toArray()));
      insert.executeUpdate();
    }
  }

  public static Uni<Void> post(Mutiny.StatelessSession session, Notice.Kind kind, UUID host) {
    return session
        .createNativeQuery("insert into link_notice (kind, host_id) values (?1, ?2)")
        .setParameter(1, kind.name())
        .setParameter(2, host)
        .executeUpdate()
        .replaceWithVoid();
  }
}
