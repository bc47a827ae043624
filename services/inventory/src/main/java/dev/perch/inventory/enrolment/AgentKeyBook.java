package dev.perch.inventory.enrolment;

import dev.perch.contract.link.AgentKeys;
import dev.perch.contract.link.EnrolmentRequest;
import dev.perch.inventory.notice.Notice;
import dev.perch.inventory.notice.Notices;
import dev.perch.kit.timeline.Ids;
import dev.perch.kit.timeline.Instants;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The public keys of agents. A host has one that is not revoked, or none. */
@ApplicationScoped
public class AgentKeyBook {
  private static final String ACTIVE =
      """
      select k.host_id, k.signing_key, k.outdated from agent_key k
      where k.revoked_at is null and k.host_id = any (?) order by k.host_id for share
      """;

  /** The session's number rises, so that the connection that is open may write nothing more. */
  private static final String END_SESSION =
      """
      update link_session set number = number + 1, replica = null, presence = 'NONE', judge_at = null,
        duplicate_at = null, silent_since = null where host_id = ?
      """;

  private static final String REVOKE =
      """
      update agent_key set revoked_at = ?, revoked_because = ?
      where host_id = ? and revoked_at is null
      """;

  /**
   * A key that is not revoked.
   *
   * @param outdated its agent was refused for its protocol version
   */
  public record AgentKey(PublicKey signing, boolean outdated) {}

  /** The keys of those of the hosts that have one. */
  public Map<UUID, AgentKey> active(Connection connection, Collection<UUID> hosts)
      throws SQLException {
    Map<UUID, AgentKey> keys = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(ACTIVE)) {
      select.setArray(1, connection.createArrayOf("uuid", hosts.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          keys.put(
              rows.getObject(1, UUID.class),
              new AgentKey(AgentKeys.read(rows.getString(2)), rows.getBoolean(3)));
        }
      }
    }
    return keys;
  }

  /** Notes whether the host's agent is too old to be let in. */
  public void outdated(Connection connection, UUID host, boolean outdated) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update agent_key set outdated = ? where host_id = ? and revoked_at is null")) {
      update.setBoolean(1, outdated);
      update.setObject(2, host);
      update.executeUpdate();
    }
  }

  Uni<@Nullable KeyRow> active(Mutiny.StatelessSession session, UUID host) {
    return new KeyRows_(session).active(host).map(keys -> keys.isEmpty() ? null : keys.getFirst());
  }

  /**
   * @param linkSpec the link's settings that the agent is given, as {@link LinkDocuments#spec}
   */
  Uni<Void> register(
      Mutiny.StatelessSession session, UUID host, EnrolmentRequest request, String linkSpec) {
    var row = new KeyRow();
    row.id = Ids.next();
    row.hostId = host;
    row.signingKey = request.signingKey();
    row.encryptionKey = request.encryptionKey();
    row.agentVersion = request.agentVersion();
    row.linkSpec = linkSpec;
    row.enrolledAt = Instants.now();
    return new KeyRows_(session).insert(row);
  }

  /**
   * Revokes the host's key, if it has one, and ends its session: whoever has the connection closes
   * it within a second, and may write nothing from this commit on.
   *
   * @return whether there was one
   */
  Uni<Boolean> revoke(Mutiny.StatelessSession session, UUID host, String because) {
    return active(session, host)
        .chain(
            active -> {
              if (active == null) {
                return Uni.createFrom().item(false);
              }
              active.revokedAt = Instants.now();
              active.revokedBecause = because;
              return new KeyRows_(session)
                  .update(active)
                  .chain(
                      () ->
                          session
                              .createNativeQuery(END_SESSION.replace("?", "?1"))
                              .setParameter(1, host)
                              .executeUpdate())
                  .chain(() -> Notices.post(session, Notice.Kind.SESSION, host))
                  .replaceWith(true);
            });
  }

  /** As {@link #revoke}, in a blocking transaction. */
  void revoke(Connection connection, UUID host, String because) throws SQLException {
    try (PreparedStatement revoke = connection.prepareStatement(REVOKE);
        PreparedStatement end = connection.prepareStatement(END_SESSION)) {
      revoke.setObject(1, Instants.now().atOffset(ZoneOffset.UTC));
      revoke.setString(2, because);
      revoke.setObject(3, host);
      if (revoke.executeUpdate() > 0) {
        end.setObject(1, host);
        end.executeUpdate();
        Notices.post(connection, Notice.Kind.SESSION, List.of(host));
      }
    }
  }
}
