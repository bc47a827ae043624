package dev.perch.inventory.report;

import dev.perch.contract.Cause;
import dev.perch.contract.Json;
import dev.perch.contract.inventory.Host;
import dev.perch.inventory.host.HostRemoval;
import dev.perch.kit.outbox.Change;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.timeline.Difference;
import dev.perch.kit.timeline.Instants;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** With a host all it reported goes, and its keys on the topics are buried. */
@ApplicationScoped
class ReportRemoval implements HostRemoval {
  private final ReportTable table = new ReportTable();
  private final Outbox outbox;
  private final WorkItems items;

  ReportRemoval(Outbox outbox, WorkItems items) {
    this.outbox = outbox;
    this.items = items;
  }

  @Override
  public void before(Connection connection, Host host, Cause cause) throws SQLException {
    outbox.append(
        connection,
        table.delete(connection, host.id()).stream().map(row -> burial(row, cause)).toList());
    items.wake(connection, Reports.CABLES, Set.of(host.siteId().toString()));
  }

  private static Change burial(ReportTable.Row row, Cause cause) {
    var last =
        new ReportTable.Row(
            row.place(),
            row.site(),
            row.digest(),
            row.state(),
            row.version() + 1,
            Instants.after(row.updatedAt()));
    var gone = Difference.deleted(Json.read(row.state()));
    return Reports.change(last, "deleted", null, gone, cause);
  }
}
