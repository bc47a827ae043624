package dev.perch.inventory.site;

import dev.perch.contract.Catalogue;
import dev.perch.contract.Cause;
import dev.perch.contract.Json;
import dev.perch.contract.inventory.Site;
import dev.perch.kit.timeline.Constraints;
import dev.perch.kit.timeline.Ids;
import dev.perch.kit.timeline.Instants;
import dev.perch.kit.timeline.Timeline;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What can be done to a site. Each method runs inside its caller's transaction. */
@ApplicationScoped
public class SiteRegistry {
  private final Timeline timeline;
  private final List<SiteRemoval> removals;

  SiteRegistry(Timeline timeline, @All List<SiteRemoval> removals) {
    this.timeline = timeline;
    this.removals = removals;
  }

  Uni<Site> create(Mutiny.StatelessSession session, SiteSpec spec, Cause cause) {
    var now = Instants.now();
    var site =
        new Site(
            Ids.next(),
            spec.name(),
            spec.description(),
            spec.labels(),
            spec.beatEveryMillis(),
            null,
            1,
            now,
            now);
    return new SiteRows_(session)
        .insert(SiteRow.of(site))
        .onFailure()
        .transform(e -> refusal(e, site))
        .chain(() -> append(session, null, site, cause))
        .replaceWith(site);
  }

  /** Reads a site or fails with {@link Problem.NotFound}. */
  Uni<Site> find(Mutiny.StatelessSession session, UUID id) {
    return session
        .get(SiteRow.class, id)
        .onItem()
        .ifNull()
        .failWith(() -> unknown(id))
        .map(SiteRow::toSite);
  }

  /**
   * Changes a site.
   *
   * @param edit runs while the row is locked: checks access and precondition, gives the new spec
   */
  Uni<Site> change(
      Mutiny.StatelessSession session, UUID id, Function<Site, SiteSpec> edit, Cause cause) {
    return locked(session, id).chain(row -> change(session, row.toSite(), edit, cause));
  }

  private Uni<Site> change(
      Mutiny.StatelessSession session, Site before, Function<Site, SiteSpec> edit, Cause cause) {
    SiteSpec spec = edit.apply(before);
    if (spec.equals(SiteSpec.of(before))) {
      return Uni.createFrom().item(before);
    }
    var after =
        new Site(
            before.id(),
            spec.name(),
            spec.description(),
            spec.labels(),
            spec.beatEveryMillis(),
            before.unreachableSince(),
            before.version() + 1,
            before.createdAt(),
            Instants.after(before.updatedAt()));
    return new SiteRows_(session)
        .update(SiteRow.of(after))
        .onFailure()
        .transform(e -> refusal(e, after))
        .chain(() -> append(session, before, after, cause))
        .replaceWith(after);
  }

  /**
   * Notes that the agents of a site cannot be reached any more, or that one can again.
   *
   * @param since null when they can
   * @return whether that was not known before
   */
  public Uni<Boolean> observe(
      Mutiny.StatelessSession session, UUID id, @Nullable Instant since, Cause cause) {
    return locked(session, id)
        .chain(
            row -> {
              Site before = row.toSite();
              if ((before.unreachableSince() == null) == (since == null)) {
                return Uni.createFrom().item(false);
              }
              var after =
                  new Site(
                      before.id(),
                      before.name(),
                      before.description(),
                      before.labels(),
                      before.beatEveryMillis(),
                      since,
                      before.version() + 1,
                      before.createdAt(),
                      Instants.after(before.updatedAt()));
              return new SiteRows_(session)
                  .update(SiteRow.of(after))
                  .chain(() -> append(session, before, after, cause))
                  .replaceWith(true);
            });
  }

  /** Removes a site that has no hosts. */
  Uni<Void> remove(Mutiny.StatelessSession session, UUID id, Consumer<Site> check, Cause cause) {
    return locked(session, id)
        .chain(
            row -> {
              Site last = row.toSite();
              check.accept(last);
              return removed(session, last, cause)
                  .chain(() -> new SiteRows_(session).delete(row))
                  .onFailure()
                  .transform(e -> refusal(e, last))
                  .chain(() -> append(session, last, null, cause));
            });
  }

  /** One after the other. */
  private Uni<Void> removed(Mutiny.StatelessSession session, Site last, Cause cause) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (SiteRemoval removal : removals) {
      all = all.chain(() -> removal.before(session, last, cause));
    }
    return all;
  }

  private static Uni<SiteRow> locked(Mutiny.StatelessSession session, UUID id) {
    return session
        .get(SiteRow.class, id, LockMode.PESSIMISTIC_WRITE)
        .onItem()
        .ifNull()
        .failWith(() -> unknown(id));
  }

  private Uni<Void> append(
      Mutiny.StatelessSession session, @Nullable Site before, @Nullable Site after, Cause cause) {
    return timeline.append(session, Timeline.Version.of(Catalogue.SITES, before, after, cause));
  }

  private static Throwable refusal(Throwable e, Site site) {
    return switch (Constraints.violated(e)) {
      case "site_name_taken" ->
          new Problem.Conflict(
                  "Another site has this name.",
                  List.of(
                      new Violation(
                          "name.taken",
                          "/name",
                          Json.MAPPER.valueToTree(site.name()),
                          "Choose a name that no other site has.")))
              .asException();
      case "host_site_unknown" ->
          new Problem.Conflict(
                  "The site still has hosts.",
                  List.of(
                      new Violation(
                          "site.not-empty",
                          "/id",
                          Json.MAPPER.valueToTree(site.id()),
                          "Delete its hosts first: GET /v1/hosts?site=" + site.id())))
              .asException();
      default -> e;
    };
  }

  static RuntimeException unknown(UUID id) {
    return new Problem.NotFound("There is no site " + id + ".").asException();
  }
}
