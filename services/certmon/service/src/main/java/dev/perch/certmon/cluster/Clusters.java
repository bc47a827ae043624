package dev.perch.certmon.cluster;

import dev.perch.certmon.site.Sites;
import dev.perch.contract.Catalogue;
import dev.perch.contract.Cause;
import dev.perch.contract.certmon.Cluster;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.timeline.Ids;
import dev.perch.kit.timeline.Instants;
import dev.perch.kit.timeline.NamedQuery;
import dev.perch.kit.timeline.ResourceKind;
import dev.perch.kit.timeline.Resources;
import dev.perch.kit.timeline.Timeline;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import dev.perch.kit.web.page.Page;
import dev.perch.kit.web.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What can be done to a cluster. Each method runs inside its caller's transaction. */
@ApplicationScoped
public class Clusters {
  public static final ResourceKind<Cluster> KIND =
      new ResourceKind<>(Catalogue.CLUSTERS, "cluster", Cluster.class, Clusters::refusal);

  /** Secrets that were to go and never will: the cluster is given up. */
  private static final String ABANDON = "delete from secret_place where cluster = ?1 and leaving";

  private final Resources<Cluster> resources;
  private final WorkItems items;
  private final ClusterSecrets secrets;

  Clusters(Timeline timeline, WorkItems items, ClusterSecrets secrets) {
    resources = new Resources<>(KIND, timeline);
    this.items = items;
    this.secrets = secrets;
  }

  Uni<Cluster> create(Mutiny.StatelessSession session, ClusterSpec spec, Cause cause) {
    var now = Instants.now();
    var cluster =
        new Cluster(
            Ids.next(),
            spec.siteId(),
            spec.name(),
            spec.description(),
            spec.labels(),
            spec.server(),
            spec.anchors(),
            Cluster.State.PENDING,
            null,
            1,
            now,
            now);
    return resources
        .create(session, cluster, cause)
        .call(() -> keep(session, cluster.id(), spec))
        .call(() -> wake(session, cluster.id()));
  }

  /** Reads a cluster or fails with {@link Problem.NotFound}. */
  Uni<Cluster> find(Mutiny.StatelessSession session, UUID id) {
    return resources.find(session, id);
  }

  Uni<Page<Cluster>> list(Mutiny.StatelessSession session, NamedQuery query, Caller caller) {
    return query.run(session, resources, Cluster::name, Sites.visible(caller));
  }

  /**
   * Changes a cluster.
   *
   * @param edit runs while the row is locked: checks the precondition, gives the new spec
   */
  Uni<Cluster> change(
      Mutiny.StatelessSession session, UUID id, Function<Cluster, ClusterSpec> edit, Cause cause) {
    AtomicReference<@Nullable ClusterSpec> given = new AtomicReference<>();
    return resources
        .change(
            session,
            id,
            before -> {
              ClusterSpec spec = edit.apply(before);
              given.set(spec);
              return edited(before, spec);
            },
            cause)
        .call(() -> keep(session, id, Objects.requireNonNull(given.get())))
        .call(() -> wake(session, id));
  }

  /**
   * Removes a cluster that no certificate is published to.
   *
   * @param abandon also if Secrets there could not be deleted yet: they stay there
   */
  Uni<Void> remove(
      Mutiny.StatelessSession session,
      UUID id,
      boolean abandon,
      Consumer<Cluster> check,
      Cause cause) {
    return resources
        .lock(session, id)
        .invoke(check)
        .call(cluster -> abandon ? abandon(session, cluster) : Uni.createFrom().voidItem())
        .chain(() -> resources.remove(session, id, locked -> {}, cause))
        .replaceWithVoid();
  }

  private static Uni<Void> abandon(Mutiny.StatelessSession session, Cluster cluster) {
    return session
        .createNativeQuery(ABANDON)
        .setParameter(1, cluster.name())
        .executeUpdate()
        .replaceWithVoid();
  }

  private Uni<Void> keep(Mutiny.StatelessSession session, UUID id, ClusterSpec spec) {
    ClusterCredentials credentials = spec.credentials();
    return credentials == null
        ? Uni.createFrom().voidItem()
        : secrets.replace(session, id, credentials);
  }

  private Uni<Void> wake(Mutiny.StatelessSession session, UUID id) {
    return items.wake(session, ClusterWork.QUEUE, id.toString());
  }

  /** Reached otherwise, it has to answer first. */
  private static Cluster edited(Cluster before, ClusterSpec spec) {
    if (spec.equals(ClusterSpec.of(before))) {
      return before;
    }
    boolean same =
        spec.credentials() == null
            && spec.server().equals(before.server())
            && Objects.equals(spec.anchors(), before.anchors());
    return new Cluster(
        before.id(),
        before.siteId(),
        before.name(),
        spec.description(),
        spec.labels(),
        spec.server(),
        spec.anchors(),
        same ? before.state() : Cluster.State.PENDING,
        same ? before.failure() : null,
        before.version() + 1,
        before.createdAt(),
        Instants.after(before.updatedAt()));
  }

  private static @Nullable Problem refusal(String constraint) {
    return switch (constraint) {
      case "cluster_name_taken" ->
          new Problem.Conflict(
              "Another cluster has this name.",
              List.of(
                  new Violation(
                      "name.taken", "/name", null, "Choose a name that no other cluster has.")));
      case "secret_place_cluster" ->
          new Problem.Conflict(
              "Certificates are published to this cluster, or were and their Secrets are still"
                  + " there.",
              List.of(
                  new Violation(
                      "cluster.in-use",
                      "/id",
                      null,
                      "Take it out of their targets and wait until their Secrets are deleted. Of a"
                          + " cluster that is gone for good, say abandon=true.")));
      default -> null;
    };
  }
}
