package dev.perch.inventory.topology;

import dev.perch.contract.Catalogue;
import dev.perch.contract.Cause;
import dev.perch.contract.Json;
import dev.perch.contract.inventory.SiteTopology;
import dev.perch.kit.outbox.Change;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.ErrorClass;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.Reconciler;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.timeline.ChangedEvent;
import dev.perch.kit.timeline.Difference;
import dev.perch.kit.timeline.Instants;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.ProblemException;
import dev.perch.kit.web.page.Where;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what the hosts of a site are cabled to, whenever it is not what was published last.
 * Keys are sites.
 */
record SiteTopologies(Database database, Outbox outbox, WorkItems items) implements Reconciler {
  private static final Cause CAUSE = new Cause("service:inventory", "topology.observe", null);

  @Override
  public Outcome reconcile(Claim claim) throws SQLException {
    UUID site = UUID.fromString(claim.key());
    try {
      boolean changed =
          database.transaction(
              connection -> {
                boolean any = publish(connection, site);
                items.requireHeld(connection, claim);
                return any;
              });
      if (changed) {
        outbox.wake();
      }
      return new Outcome.Done();
    } catch (ProblemException e) {
      return switch (e.problem()) {
        case Problem.Invalid tooMany -> tooLarge();
        case Problem.TooLarge tooLong -> tooLarge();
        case Problem other -> throw e;
      };
    }
  }

  private static Outcome tooLarge() {
    return new Outcome.Failed(
        ErrorClass.MISCONFIGURED, "the site has too many hosts or cables for one event: divide it");
  }

  private boolean publish(Connection connection, UUID site) throws SQLException {
    if (!SiteTopologyTable.lockSite(connection, site)) {
      return false;
    }
    @Nullable SiteTopology before = SiteTopologyTable.read(connection, site).orElse(null);
    Cables cables =
        Cables.of(TopologyReader.read(connection, new Where().and("h.site_id = ?", site)));
    if (before == null ? cables.links().isEmpty() : cables.equals(Cables.of(before))) {
      return false;
    }
    SiteTopology after =
        new SiteTopology(
            site,
            cables.nodes(),
            cables.links(),
            before == null ? 1 : before.version() + 1,
            before == null ? Instants.now() : Instants.after(before.updatedAt()));
    String state = Json.MAPPER.valueToTree(after).toString();
    SiteTopologyTable.write(connection, after, state);
    outbox.append(connection, change(before, after, state));
    return true;
  }

  private static Change change(@Nullable SiteTopology before, SiteTopology after, String state) {
    Difference difference =
        before == null
            ? Difference.created(Json.MAPPER.valueToTree(after))
            : Difference.between(Json.MAPPER.valueToTree(before), Json.MAPPER.valueToTree(after));
    String key = after.siteId().toString();
    return new Change(
        Catalogue.TOPOLOGIES,
        key,
        after.version(),
        after.siteId(),
        before == null ? "created" : "changed",
        state,
        ChangedEvent.of(key, after.version(), after.updatedAt(), difference, CAUSE));
  }
}
