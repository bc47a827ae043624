package dev.perch.inventory.host;

import dev.perch.contract.Cause;
import dev.perch.contract.inventory.Host;
import io.smallrye.mutiny.Uni;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * What else goes when a host is removed. Every bean of this type is asked, in the same transaction.
 */
public interface HostRemoval {

  /**
   * Locks those of the rows that refer to the host which others lock before its own: the order is
   * token, key, session, host. The host's row is not locked yet, and may not be there.
   */
  default Uni<Void> lock(Mutiny.StatelessSession session, UUID host) {
    return Uni.createFrom().voidItem();
  }

  /** The host's row is locked and about to go, with all rows that refer to it. */
  Uni<Void> before(Mutiny.StatelessSession session, Host host, Cause cause);
}
