package dev.perch.inventory.report;

import dev.perch.contract.Cause;
import dev.perch.contract.inventory.Host;
import dev.perch.inventory.host.HostRemoval;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.timeline.Difference;
import dev.perch.kit.timeline.Instants;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** With a host all it reported goes, and its keys on the topics are buried. */
@ApplicationScoped
class ReportRemoval implements HostRemoval {
  private static final String DELETE = "delete from host_report where host_id = ?1 returning *";

  private final Outbox outbox;

  ReportRemoval(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public Uni<Void> before(Mutiny.StatelessSession session, Host host, Cause cause) {
    return session
        .createNativeQuery(DELETE, ReportRow.class)
        .setParameter(1, host.id())
        .getResultList()
        .chain(rows -> bury(session, rows, cause));
  }

  private Uni<Void> bury(Mutiny.StatelessSession session, List<ReportRow> rows, Cause cause) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (ReportRow row : rows) {
      all = all.chain(() -> bury(session, row, cause));
    }
    return all;
  }

  private Uni<Void> bury(Mutiny.StatelessSession session, ReportRow row, Cause cause) {
    Kind kind = row.kind.equals(Kind.FACET.word()) ? Kind.FACET : Kind.OBSERVATION;
    var last =
        new ReportTable.Row(
            new ReportTable.Place(kind, row.hostId, row.name),
            row.siteId,
            row.digest,
            row.state,
            row.version + 1,
            Instants.after(row.updatedAt));
    var gone = Difference.deleted(Reports.read(row.state));
    return outbox.append(session, Reports.change(last, "deleted", null, gone, cause));
  }
}
