package dev.perch.inventory.group;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The groups by which hosts are asked for. */
public final class Groups {
  private static final String SELECTOR = "select selector from host_group where name = ";

  private Groups() {}

  /** Whom the group of this name selects; fails with {@link Problem.Invalid} if there is none. */
  public static Uni<HostSelector> selector(Mutiny.StatelessSession session, String name) {
    return session
        .createNativeQuery(SELECTOR + "?1", String.class)
        .setParameter(1, name)
        .getSingleResultOrNull()
        .onItem()
        .ifNull()
        .failWith(() -> unknown(name))
        .map(HostSelector::stored);
  }

  /** As {@link #selector}, in a blocking transaction. */
  public static HostSelector selector(Connection connection, String name) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECTOR + "?")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw unknown(name);
        }
        return HostSelector.stored(row.getString(1));
      }
    }
  }

  private static RuntimeException unknown(String name) {
    return new Problem.Invalid(
            List.of(
                new Violation(
                    "group.unknown",
                    "group",
                    TextNode.valueOf(name),
                    "Name a group that exists: GET /v1/groups")))
        .asException();
  }
}
