package dev.perch.inventory.enrolment;

import dev.perch.contract.Cause;
import dev.perch.contract.inventory.Host;
import dev.perch.inventory.host.HostRemoval;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** With a host its agent's key goes, and whoever has the connection hears of it. */
@ApplicationScoped
class EnrolledHosts implements HostRemoval {
  private final AgentKeyBook keys;

  EnrolledHosts(AgentKeyBook keys) {
    this.keys = keys;
  }

  @Override
  public Uni<Void> before(Mutiny.StatelessSession session, Host host, Cause cause) {
    return keys.revoke(session, host.id(), "removed").replaceWithVoid();
  }
}
