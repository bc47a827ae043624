package dev.perch.inventory.enrolment;

import dev.perch.contract.Cause;
import dev.perch.contract.inventory.Host;
import dev.perch.inventory.host.HostRemoval;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** With a host its agent's key goes, and whoever has the connection hears of it. */
@ApplicationScoped
class EnrolledHosts implements HostRemoval {
  private static final String TOKENS =
      "select id from enrolment_token where host_id = ?1 order by id for update";

  private static final String KEYS =
      "select id from agent_key where host_id = ?1 order by id for update";

  private static final String SESSION =
      "select host_id from link_session where host_id = ?1 for update";

  private final AgentKeyBook keys;
  private final LinkDocuments documents;

  EnrolledHosts(AgentKeyBook keys, LinkDocuments documents) {
    this.keys = keys;
    this.documents = documents;
  }

  @Override
  public Uni<Void> lock(Mutiny.StatelessSession session, UUID host) {
    return lock(session, TOKENS, host)
        .chain(() -> lock(session, KEYS, host))
        .chain(() -> lock(session, SESSION, host));
  }

  private static Uni<Void> lock(Mutiny.StatelessSession session, String rows, UUID host) {
    return session
        .createNativeQuery(rows, UUID.class)
        .setParameter(1, host)
        .getResultList()
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> before(Mutiny.StatelessSession session, Host host, Cause cause) {
    return keys.revoke(session, host.id(), "removed")
        .chain(() -> documents.withdraw(session, host.id(), host.siteId()));
  }
}
