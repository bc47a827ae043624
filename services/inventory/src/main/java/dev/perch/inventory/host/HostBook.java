package dev.perch.inventory.host;

import dev.perch.contract.Cause;
import dev.perch.contract.inventory.Host;
import dev.perch.kit.timeline.Timeline;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What long work does to hosts, and how they end, in blocking transactions. State, timeline and
 * outbox are written together or not at all, as {@link HostRegistry} does.
 */
@ApplicationScoped
public class HostBook {
  private final Timeline timeline;
  private final List<HostRemoval> removals;

  public HostBook(Timeline timeline, @All List<HostRemoval> removals) {
    this.timeline = timeline;
    this.removals = removals;
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

  /**
   * Removes a host, with all that belongs to it. Call {@link #published} after the commit.
   *
   * @param check runs while the host's row is locked: access and precondition
   * @return whether there was one
   */
  public boolean remove(Connection connection, UUID id, Consumer<Host> check, Cause cause)
      throws SQLException {
    for (HostRemoval removal : removals) {
      removal.lock(connection, id);
    }
    @Nullable Host last = HostTable.lockWhole(connection, id).orElse(null);
    if (last == null) {
      return false;
    }
    check.accept(last);
    for (HostRemoval removal : removals) {
      removal.before(connection, last, cause);
    }
    HostTable.delete(connection, id);
    timeline.append(connection, List.of(HostVersions.of(last, null, cause)));
    return true;
  }

  /** Has what was changed published now. */
  public void published() {
    timeline.published();
  }
}
