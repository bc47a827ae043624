package dev.perch.inventory.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Cause;
import dev.perch.contract.Json;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.host.Aspect;
import dev.perch.kit.outbox.Change;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.timeline.ChangedEvent;
import dev.perch.kit.timeline.Difference;
import dev.perch.kit.timeline.Instants;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Takes what hosts report: each that is new makes a version, which is published. The caller has
 * locked the sessions of the hosts, so that one process at a time reports for a host.
 */
@ApplicationScoped
public class Reports {
  /** The queue of sites whose cables may be others than were published. */
  public static final String CABLES = "topology";

  private static final Set<String> OF_CABLES = Set.of(Facet.NETWORK.word(), Facet.TOPOLOGY.word());

  /** A host that was removed meanwhile has nothing to be confirmed. */
  private static final String CONFIRM =
      """
      insert into host_facts (host_id, confirmed_at)
      select h.id, now() from host h where h.id = any (?) order by h.id
      on conflict (host_id) do update set confirmed_at = excluded.confirmed_at
      """;

  private final ReportTable table = new ReportTable();
  private final Outbox outbox;
  private final WorkItems items;

  Reports(Outbox outbox, WorkItems items) {
    this.outbox = outbox;
    this.items = items;
  }

  /**
   * Takes reports in their order, in the caller's transaction. What a host says of an instance of
   * an aspect of which no document was ever wanted there is left out.
   *
   * @return how many were new; call {@link #published} after the commit if there were any
   */
  public int take(Connection connection, List<Reported> reports) throws SQLException {
    Map<ReportTable.Place, ReportTable.Row> rows = new HashMap<>(table.read(connection, reports));
    Set<ReportTable.Place> unasked = unasked(connection, reports, rows.keySet());
    List<ReportTable.Row> changed = new ArrayList<>();
    var links = new LinkChanges();
    for (Reported report : reports) {
      var place = ReportTable.Place.of(report);
      ReportTable.@Nullable Row before = rows.get(place);
      if (unasked.contains(place) || before != null && before.digest().equals(report.digest())) {
        continue;
      }
      ReportTable.Row after = next(before, report);
      outbox.append(connection, change(before, after));
      if (before != null) {
        links.add(before, after);
      }
      rows.put(place, after);
      changed.add(after);
    }
    table.write(connection, changed);
    links.write(connection);
    confirmed(
        connection,
        reports.stream().filter(r -> r.kind() == Kind.FACET).map(Reported::host).toList());
    items.wake(connection, CABLES, recabled(changed));
    return changed.size();
  }

  /**
   * Instances of aspects of which nothing is wanted or was heard. There are more of them than of
   * anything else a host can name, so an agent that makes some up must not fill the table.
   */
  private Set<ReportTable.Place> unasked(
      Connection connection, List<Reported> reports, Set<ReportTable.Place> known)
      throws SQLException {
    Set<ReportTable.Place> unasked =
        reports.stream()
            .filter(report -> report.kind() == Kind.OBSERVATION)
            .filter(report -> Aspect.isInstance(report.name()))
            .map(ReportTable.Place::of)
            .filter(place -> !known.contains(place))
            .collect(Collectors.toCollection(HashSet::new));
    if (!unasked.isEmpty()) {
      unasked.removeAll(table.wanted(connection, unasked));
    }
    return unasked;
  }

  /** The sites of reports that tell of cables. */
  private static Set<String> recabled(Collection<ReportTable.Row> rows) {
    return rows.stream()
        .filter(row -> row.place().kind() == Kind.FACET && OF_CABLES.contains(row.place().name()))
        .map(row -> row.site().toString())
        .collect(Collectors.toSet());
  }

  /** The facts of these hosts are as they are stored: their agents have just said so. */
  public void confirmed(Connection connection, Collection<UUID> hosts) throws SQLException {
    if (hosts.isEmpty()) {
      return;
    }
    try (PreparedStatement upsert = connection.prepareStatement(CONFIRM)) {
      upsert.setArray(1, connection.createArrayOf("uuid", hosts.stream().distinct().toArray()));
      upsert.executeUpdate();
    }
  }

  /** Has what was taken published now. */
  public void published() {
    outbox.wake();
  }

  /** The digests of a host's facets, or of others' things of a kind, by name. */
  public Map<UUID, Map<String, String>> digests(Connection connection, Kind kind, List<UUID> hosts)
      throws SQLException {
    return table.digests(connection, kind, hosts);
  }

  /** What became of the documents on a host, by aspect. */
  public Uni<Map<String, JsonNode>> observed(Mutiny.StatelessSession session, UUID host) {
    return new ReportRows_(session)
        .of(Kind.OBSERVATION.word(), host)
        .map(
            rows ->
                rows.stream()
                    .collect(Collectors.toMap(row -> row.name, row -> Json.read(row.state))));
  }

  /** What a host says about itself, by facet. */
  public Uni<Map<String, JsonNode>> facets(Mutiny.StatelessSession session, UUID host) {
    return new ReportRows_(session)
        .of(Kind.FACET.word(), host)
        .map(
            rows ->
                rows.stream()
                    .collect(Collectors.toMap(row -> row.name, row -> Json.read(row.state))));
  }

  private static ReportTable.Row next(ReportTable.@Nullable Row before, Reported report) {
    long version = before == null ? 1 : before.version() + 1;
    Instant at = before == null ? Instants.now() : Instants.after(before.updatedAt());
    return new ReportTable.Row(
        ReportTable.Place.of(report),
        report.site(),
        report.digest(),
        Json.write(report.shape().of(version, at)),
        version,
        at);
  }

  private static Change change(ReportTable.@Nullable Row before, ReportTable.Row after) {
    Difference difference =
        before == null
            ? Difference.created(Json.read(after.state()))
            : Difference.between(Json.read(before.state()), Json.read(after.state()));
    return change(
        after,
        before == null ? "created" : "changed",
        after.state(),
        difference,
        cause(after.place().host()));
  }

  static Cause cause(UUID host) {
    return new Cause("host:" + host, "host.report", null);
  }

  static Change change(
      ReportTable.Row row, String what, @Nullable String state, Difference d, Cause cause) {
    String key = Kind.key(row.place().host(), row.place().name());
    String event = ChangedEvent.of(key, row.version(), row.updatedAt(), d, cause);
    return new Change(
        row.place().kind().aggregate(), key, row.version(), row.site(), what, state, event);
  }
}
