package dev.perch.certmon.cluster;

import dev.perch.certmon.cluster.Connections.Connected;
import dev.perch.certmon.kubernetes.Finding;
import dev.perch.contract.Cause;
import dev.perch.contract.certmon.Cluster;
import dev.perch.contract.certmon.Failure;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.Reconciler;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.timeline.Instants;
import dev.perch.kit.timeline.ResourceBook;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks a cluster whether it answers and knows us, so that not everybody who has something to
 * publish there does. While it does not, it alone is asked again, and what waits goes on at once
 * when it does.
 *
 * <pre>
 *             answers                 no answer, not well
 *   PENDING ----------> READY <------------------------------> UNREACHABLE
 *                         ^          does not know us, is not who it should be
 *                         '----------------------------------> REFUSED
 * </pre>
 */
public final class ClusterWork implements Reconciler {
  public static final String QUEUE = "clusters";
  private static final Cause SEEN = new Cause("service:certmon", "cluster.check", null);
  private static final Duration WELL = Duration.ofMinutes(5);
  private static final Duration AWAY = Duration.ofSeconds(10);

  /** The findings that pass by themselves. */
  private static final Set<String> PASSING = Set.of("unreachable", "unwell", "throttled");

  private final Database database;
  private final ResourceBook<Cluster> clusters;
  private final Connections connections;
  private final Publishing publishing;
  private final WorkItems items;
  private final Clock clock;

  public ClusterWork(
      Database database,
      ResourceBook<Cluster> clusters,
      Connections connections,
      Publishing publishing,
      WorkItems items,
      Clock clock) {
    this.database = database;
    this.clusters = clusters;
    this.connections = connections;
    this.publishing = publishing;
    this.items = items;
    this.clock = clock;
  }

  @Override
  public Outcome reconcile(Claim claim) throws SQLException {
    UUID id = UUID.fromString(claim.key());
    Optional<Connected> found = database.each(connection -> connections.find(connection, id));
    if (found.isEmpty()) {
      return new Outcome.Done();
    }
    List<Finding> findings = found.get().publisher().check(List.of());
    Finding finding = findings.isEmpty() ? null : findings.getFirst();
    database.run(
        connection -> {
          Optional<Cluster> before = clusters.lock(connection, id);
          if (before.isPresent()) {
            Cluster now =
                clusters.replace(connection, before.get(), seen(before.get(), finding), SEEN);
            if (now.state() == Cluster.State.READY && before.get().state() != Cluster.State.READY) {
              publishing.goOn(connection, now.name());
            }
          }
          items.requireHeld(connection, claim);
        });
    clusters.published();
    publishing.committed();
    return new Outcome.Again(finding == null ? WELL : AWAY);
  }

  private Cluster seen(Cluster before, @Nullable Finding finding) {
    Cluster.State state =
        finding == null
            ? Cluster.State.READY
            : PASSING.contains(finding.code()) ? Cluster.State.UNREACHABLE : Cluster.State.REFUSED;
    Failure failure = finding == null ? null : failure(before.failure(), finding);
    // The same in other words is nothing new.
    boolean same = before.state() == state && Objects.equals(code(before.failure()), code(failure));
    return same
        ? before
        : new Cluster(
            before.id(),
            before.siteId(),
            before.name(),
            before.description(),
            before.labels(),
            before.server(),
            before.anchors(),
            state,
            failure,
            before.version() + 1,
            before.createdAt(),
            Instants.after(before.updatedAt()));
  }

  private static @Nullable String code(@Nullable Failure failure) {
    return failure == null ? null : failure.code();
  }

  private Failure failure(@Nullable Failure before, Finding finding) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant since = before != null && before.code().equals(finding.code()) ? before.since() : now;
    return new Failure(finding.code(), finding.detail(), since);
  }
}
