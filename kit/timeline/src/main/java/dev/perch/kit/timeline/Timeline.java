package dev.perch.kit.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Aggregate;
import dev.perch.contract.Cause;
import dev.perch.contract.Json;
import dev.perch.contract.Resource;
import dev.perch.kit.outbox.Change;
import dev.perch.kit.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The one place that makes a version known: it writes the timeline's row and the outbox's row into
 * the transaction that changed the resource.
 */
@ApplicationScoped
public class Timeline {
  private final Outbox outbox;

  public Timeline(Outbox outbox) {
    this.outbox = outbox;
  }

  /**
   * A version of a resource that the caller's transaction has just written.
   *
   * @param site null if it belongs to none
   * @param before the resource one version ago; null on creation
   * @param after the resource now; null on deletion
   * @param at later than any earlier version's
   */
  public record Version(
      Aggregate aggregate,
      UUID id,
      @Nullable UUID site,
      long version,
      Instant at,
      @Nullable JsonNode before,
      @Nullable JsonNode after,
      Cause cause) {

    /**
     * What leads from one version to the next; the end of a resource is a version of its own.
     *
     * @param before null on creation
     * @param after null on deletion
     */
    public static <R extends Resource> Version of(
        Aggregate aggregate, @Nullable R before, @Nullable R after, Cause cause) {
      R any = Objects.requireNonNull(after == null ? before : after);
      boolean gone = after == null;
      return new Version(
          aggregate,
          any.id(),
          any.siteId(),
          gone ? any.version() + 1 : any.version(),
          gone ? Instants.after(any.updatedAt()) : any.updatedAt(),
          before == null ? null : Json.MAPPER.valueToTree(before),
          after == null ? null : Json.MAPPER.valueToTree(after),
          cause);
    }
  }

  public Uni<Void> append(Mutiny.StatelessSession session, Version v) {
    Written written = Written.of(v);
    return outbox.append(session, written.change(), TimelineTable.companion(written.row()));
  }

  /** As {@link #append}, in a blocking transaction; call {@link #published} after its commit. */
  public void append(Connection connection, List<Version> versions) throws SQLException {
    List<Written> all = versions.stream().map(Written::of).toList();
    TimelineTable.insert(connection, all.stream().map(Written::row).toList());
    outbox.append(connection, all.stream().map(Written::change).toList());
  }

  /** Has what was appended published now. */
  public void published() {
    outbox.wake();
  }

  /** The two rows of a version. */
  private record Written(TimelineRow row, Change change) {

    static Written of(Version v) {
      Difference difference;
      String what;
      JsonNode state;
      if (v.after() == null) {
        state = Objects.requireNonNull(v.before());
        difference = Difference.deleted(state);
        what = "deleted";
      } else {
        state = v.after();
        difference =
            v.before() == null ? Difference.created(state) : Difference.between(v.before(), state);
        what = v.before() == null ? "created" : "changed";
      }
      String text = Json.write(state);
      var row = new TimelineRow();
      row.resourceId = v.id();
      row.at = v.at();
      row.version = v.version();
      row.kind = v.aggregate().name();
      row.what = what;
      row.actor = v.cause().actor();
      row.operation = v.cause().operation();
      row.reason = v.cause().reason();
      row.state = text;
      return new Written(
          row,
          new Change(
              v.aggregate(),
              v.id().toString(),
              v.version(),
              v.site(),
              what,
              v.after() == null ? null : text,
              ChangedEvent.of(v.id().toString(), v.version(), v.at(), difference, v.cause())));
    }
  }

  /**
   * A version as people read it.
   *
   * @param what {@code created}, {@code changed} or {@code deleted}
   */
  public record Entry(
      long version,
      Instant at,
      String what,
      Cause cause,
      List<String> changed,
      @Nullable JsonNode before,
      @Nullable JsonNode after) {

    public Entry {
      changed = List.copyOf(changed);
    }
  }

  /** The resource as it was at an instant; null if it was not there, or is out of retention. */
  public Uni<@Nullable JsonNode> asOf(Mutiny.StatelessSession session, UUID id, Instant at) {
    return new TimelineRows_(session)
        .newestUntil(id, at, 1)
        .map(
            rows ->
                rows.isEmpty() || rows.getFirst().what.equals("deleted")
                    ? null
                    : Json.read(rows.getFirst().state));
  }

  /** The resource as it is, or as it was when it was deleted; null if there never was one. */
  public Uni<@Nullable JsonNode> last(Mutiny.StatelessSession session, UUID id) {
    return new TimelineRows_(session)
        .newestBelow(id, Long.MAX_VALUE, 1)
        .map(rows -> rows.isEmpty() ? null : Json.read(rows.getFirst().state));
  }

  /** The newest versions below a version, newest first. */
  public Uni<List<Entry>> page(
      Mutiny.StatelessSession session, UUID id, long belowVersion, int limit) {
    // One row more than asked for: the oldest entry needs the version before it to differ from.
    return new TimelineRows_(session)
        .newestBelow(id, belowVersion, limit + 1)
        .map(
            rows -> {
              List<Entry> entries = new ArrayList<>(limit);
              for (int i = 0; i < Math.min(limit, rows.size()); i++) {
                entries.add(entry(rows.get(i), i + 1 < rows.size() ? rows.get(i + 1) : null));
              }
              return entries;
            });
  }

  private static Entry entry(TimelineRow row, @Nullable TimelineRow previous) {
    JsonNode state = Json.read(row.state);
    Difference d =
        switch (row.what) {
          case "deleted" -> Difference.deleted(state);
          case "created" -> Difference.created(state);
          default ->
              previous == null
                  ? Difference.created(state)
                  : Difference.between(Json.read(previous.state), state);
        };
    return new Entry(
        row.version,
        row.at,
        row.what,
        new Cause(row.actor, row.operation, row.reason),
        d.changed(),
        d.before(),
        d.after());
  }
}
