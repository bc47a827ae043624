package dev.perch.inventory.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.perch.contract.Catalogue;
import dev.perch.contract.Cause;
import dev.perch.contract.Json;
import dev.perch.contract.inventory.Site;
import dev.perch.inventory.site.SiteRemoval;
import dev.perch.kit.outbox.Change;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.timeline.ChangedEvent;
import dev.perch.kit.timeline.Difference;
import dev.perch.kit.timeline.Instants;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import org.hibernate.reactive.mutiny.Mutiny;

/** With a site its topology goes. */
@ApplicationScoped
class TopologyRemoval implements SiteRemoval {
  private static final String DELETE = "delete from site_topology where site_id = ?1 returning *";

  private final Outbox outbox;

  TopologyRemoval(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public Uni<Void> before(Mutiny.StatelessSession session, Site site, Cause cause) {
    return session
        .createNativeQuery(DELETE, SiteTopologyRow.class)
        .setParameter(1, site.id())
        .getSingleResultOrNull()
        .onItem()
        .ifNotNull()
        .call(row -> outbox.append(session, burial(row, cause)))
        .replaceWithVoid();
  }

  private static Change burial(SiteTopologyRow row, Cause cause) {
    try {
      String key = row.siteId.toString();
      Difference gone = Difference.deleted(Json.MAPPER.readTree(row.state));
      long version = row.version + 1;
      return new Change(
          Catalogue.TOPOLOGIES,
          key,
          version,
          row.siteId,
          "deleted",
          null,
          ChangedEvent.of(key, version, Instants.after(row.updatedAt), gone, cause));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
