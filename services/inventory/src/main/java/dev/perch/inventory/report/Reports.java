package dev.perch.inventory.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Cause;
import dev.perch.contract.Changed;
import dev.perch.contract.Json;
import dev.perch.kit.outbox.Change;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.timeline.Difference;
import dev.perch.kit.timeline.Instants;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  /** Above this, before and after are left out of the event. */
  private static final int EVENT_MAX = 256 * 1024;

  /** A host that was removed meanwhile has nothing to be confirmed. */
  private static final String CONFIRM =
      """
      insert into host_facts (host_id, confirmed_at)
      select h.id, now() from host h where h.id = any (?) order by h.id
      on conflict (host_id) do update set confirmed_at = excluded.confirmed_at
      """;

  private final ReportTable table = new ReportTable();
  private final Outbox outbox;

  Reports(Outbox outbox) {
    this.outbox = outbox;
  }

  /**
   * Takes reports in their order, in the caller's transaction.
   *
   * @return how many were new; call {@link #published} after the commit if there were any
   */
  public int take(Connection connection, List<Reported> reports) throws SQLException {
    Map<ReportTable.Place, ReportTable.Row> rows = new HashMap<>(table.read(connection, reports));
    Map<ReportTable.Place, ReportTable.Row> changed = new HashMap<>();
    var links = new LinkChanges();
    int fresh = 0;
    for (Reported report : reports) {
      var place = ReportTable.Place.of(report);
      ReportTable.@Nullable Row before = rows.get(place);
      if (before != null && before.digest().equals(report.digest())) {
        continue;
      }
      ReportTable.Row after = next(before, report);
      outbox.append(connection, change(before, after));
      if (before != null) {
        links.add(before, after);
      }
      rows.put(place, after);
      changed.put(place, after);
      fresh++;
    }
    table.write(connection, changed.values());
    links.write(connection);
    confirmed(
        connection,
        reports.stream().filter(r -> r.kind() == Kind.FACET).map(Reported::host).toList());
    return fresh;
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
                rows.stream().collect(Collectors.toMap(row -> row.name, row -> read(row.state))));
  }

  /** What a host says about itself, by facet. */
  public Uni<Map<String, JsonNode>> facets(Mutiny.StatelessSession session, UUID host) {
    return new ReportRows_(session)
        .of(Kind.FACET.word(), host)
        .map(
            rows ->
                rows.stream().collect(Collectors.toMap(row -> row.name, row -> read(row.state))));
  }

  private static ReportTable.Row next(ReportTable.@Nullable Row before, Reported report) {
    long version = before == null ? 1 : before.version() + 1;
    Instant at = before == null ? Instants.now() : Instants.after(before.updatedAt());
    return new ReportTable.Row(
        ReportTable.Place.of(report),
        report.site(),
        report.digest(),
        write(report.shape().of(version, at)),
        version,
        at);
  }

  private static Change change(ReportTable.@Nullable Row before, ReportTable.Row after) {
    Difference difference =
        before == null
            ? Difference.created(read(after.state()))
            : Difference.between(read(before.state()), read(after.state()));
    return change(
        after,
        before == null ? "created" : "changed",
        after.state(),
        difference,
        new Cause("host:" + after.place().host(), "host.report", null));
  }

  static Change change(
      ReportTable.Row row, String what, @Nullable String state, Difference d, Cause cause) {
    String key = Kind.key(row.place().host(), row.place().name());
    String event =
        write(
            new Changed(
                key,
                row.version(),
                row.updatedAt(),
                d.before(),
                d.after(),
                d.changed(),
                cause,
                null));
    if (event.length() > EVENT_MAX) {
      event =
          write(
              new Changed(
                  key, row.version(), row.updatedAt(), null, null, d.changed(), cause, true));
    }
    return new Change(
        row.place().kind().aggregate(), key, row.version(), row.site(), what, state, event);
  }

  static JsonNode read(String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String write(Object value) {
    try {
      return Json.MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
