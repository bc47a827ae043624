package dev.perch.inventory.host;

import dev.perch.contract.Cause;
import dev.perch.contract.inventory.Host;
import io.smallrye.mutiny.Uni;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * What else goes when a host is removed. Every bean of this type is asked, in the same transaction.
 */
public interface HostRemoval {

  /** The host's row is locked and about to go, with all rows that refer to it. */
  Uni<Void> before(Mutiny.StatelessSession session, Host host, Cause cause);
}
