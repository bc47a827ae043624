package dev.perch.inventory.enrolment;

import dev.perch.contract.Cause;
import dev.perch.contract.inventory.Host;
import dev.perch.inventory.host.HostRemoval;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** With a host its agent's key goes, and whoever has the connection hears of it. */
@ApplicationScoped
class EnrolledHosts implements HostRemoval {
  /** In the order in which everybody locks them. */
  private static final List<String> LOCKS =
      List.of(
          "select id from enrolment_token where host_id = ? order by id for update",
          "select id from agent_key where host_id = ? order by id for update",
          "select host_id from link_session where host_id = ? for update");

  private final AgentKeyBook keys;
  private final LinkDocuments documents;

  EnrolledHosts(AgentKeyBook keys, LinkDocuments documents) {
    this.keys = keys;
    this.documents = documents;
  }

  @Override
  public void lock(Connection connection, UUID host) throws SQLException {
    for (String rows : LOCKS) {
      try (PreparedStatement select = connection.prepareStatement(rows)) {
        select.setObject(1, host);
        select.executeQuery();
      }
    }
  }

  @Override
  public void before(Connection connection, Host host, Cause cause) throws SQLException {
    keys.revoke(connection, host.id(), "removed");
    documents.withdraw(connection, host.id(), host.siteId());
  }
}
