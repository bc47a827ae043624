package dev.perch.certmon.publish;

import dev.perch.contract.certmon.Certificate;
import dev.perch.kit.reconcile.WorkItems;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Has publishers look at a certificate; in the transaction that changed what is to be published.
 */
public final class Publications {
  public static final String QUEUE = "publications";

  private Publications() {}

  /** Nothing if it has no target; call {@link WorkItems#ring} after the commit. */
  public static void wake(Connection connection, WorkItems items, Certificate certificate)
      throws SQLException {
    if (!certificate.targets().isEmpty()) {
      items.wake(connection, QUEUE, Set.of(certificate.id().toString()));
    }
  }

  /** As {@link #wake}; also one that had targets before. */
  public static Uni<Void> wake(
      Mutiny.StatelessSession session, WorkItems items, Certificate before, Certificate after) {
    return before.targets().isEmpty() && after.targets().isEmpty()
        ? Uni.createFrom().voidItem()
        : items.wake(session, QUEUE, after.id().toString());
  }
}
