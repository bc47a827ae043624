package dev.perch.inventory.host;

import dev.perch.contract.Cause;
import dev.perch.contract.inventory.Host;
import dev.perch.kit.timeline.Timeline;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What long work does to hosts, in blocking transactions. State, timeline and outbox are written
 * together or not at all, as {@link HostRegistry} does.
 */
@ApplicationScoped
public class HostBook {
  private final Timeline timeline;

  public HostBook(Timeline timeline) {
    this.timeline = timeline;
  }

  /**
   * Leads a host to another state. Call {@link #published} after the commit.
   *
   * @param change runs while the host's row is locked; the same state again makes no version
   * @return the host as it is now; empty if there is none
   */
  public Optional<Host> change(
      Connection connection, UUID id, UnaryOperator<Host.State> change, Cause cause)
      throws SQLException {
    Optional<Host> found = HostTable.lock(connection, id);
    if (found.isEmpty()) {
      return found;
    }
    Host before = found.get();
    Host.State state = change.apply(before.state());
    if (state.equals(before.state())) {
      return found;
    }
    Host after = HostVersions.next(before, state);
    HostTable.updateState(connection, after);
    timeline.append(connection, List.of(HostVersions.of(before, after, cause)));
    return Optional.of(after);
  }

  /** Has what was changed published now. */
  public void published() {
    timeline.published();
  }
}
