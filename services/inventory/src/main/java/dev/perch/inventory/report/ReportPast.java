package dev.perch.inventory.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.kit.timeline.Difference;
import dev.perch.kit.timeline.Timeline;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What a host reported before: the newest {@link ReportTable#KEPT} versions of each report. */
public final class ReportPast {
  private final Kind kind;
  private final UUID host;
  private final String name;

  /**
   * @param name of the facet or the aspect
   */
  public ReportPast(Kind kind, UUID host, String name) {
    this.kind = kind;
    this.host = host;
    this.name = name;
  }

  /** As it was at an instant; null if it was not there, or is not kept any more. */
  Uni<@Nullable JsonNode> asOf(Mutiny.StatelessSession session, Instant at) {
    return new ReportVersionRows_(session)
        .newestUntil(kind.word(), host, name, at)
        .map(rows -> rows.isEmpty() ? null : Json.read(rows.getFirst().state));
  }

  /** The newest versions below a version, newest first. */
  public Uni<List<Timeline.Entry>> below(Mutiny.StatelessSession session, long version, int limit) {
    // One row more than asked for: the oldest entry needs the version before it to differ from.
    return new ReportVersionRows_(session)
        .newestBelow(kind.word(), host, name, version, limit + 1)
        .map(
            rows -> {
              List<Timeline.Entry> entries = new ArrayList<>();
              for (int i = 0; i < Math.min(limit, rows.size()); i++) {
                entries.add(entry(rows.get(i), i + 1 < rows.size() ? rows.get(i + 1) : null));
              }
              return entries;
            });
  }

  private static Timeline.Entry entry(ReportVersionRow row, @Nullable ReportVersionRow previous) {
    JsonNode state = Json.read(row.state);
    Difference difference =
        previous == null
            ? Difference.created(state)
            : Difference.between(Json.read(previous.state), state);
    return new Timeline.Entry(
        row.version,
        row.at,
        row.version == 1 ? "created" : "changed",
        Reports.cause(row.hostId),
        difference.changed(),
        difference.before(),
        difference.after());
  }
}
