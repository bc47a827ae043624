package dev.perch.inventory.host;

import dev.perch.contract.Cause;
import dev.perch.contract.Json;
import dev.perch.contract.inventory.Host;
import dev.perch.kit.timeline.Constraints;
import dev.perch.kit.timeline.Ids;
import dev.perch.kit.timeline.Instants;
import dev.perch.kit.timeline.Timeline;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * What can be done to a host. Each method runs inside its caller's transaction; state, timeline and
 * outbox are written together or not at all.
 */
@ApplicationScoped
public class HostRegistry {
  private final Timeline timeline;

  HostRegistry(Timeline timeline) {
    this.timeline = timeline;
  }

  Uni<Host> register(Mutiny.StatelessSession session, UUID siteId, HostSpec spec, Cause cause) {
    var now = Instants.now();
    var host =
        new Host(
            Ids.next(),
            siteId,
            spec.name(),
            spec.personality(),
            spec.labels(),
            spec.bmc(),
            Host.State.REGISTERED,
            1,
            now,
            now);
    return new HostRows_(session)
        .insert(HostRow.of(host))
        .onFailure()
        .transform(e -> refusal(e, host))
        .chain(() -> append(session, null, host, cause))
        .replaceWith(host);
  }

  /** The host of this name in the site; it is registered if it is not there. */
  public Uni<Host> named(
      Mutiny.StatelessSession session,
      UUID siteId,
      String name,
      Host.Personality personality,
      Cause cause) {
    return new HostRows_(session)
        .named(siteId, name)
        .chain(
            rows ->
                rows.isEmpty()
                    ? register(
                        session, siteId, new HostSpec(name, personality, Map.of(), null), cause)
                    : Uni.createFrom().item(rows.getFirst().toHost()));
  }

  /** Reads a host or fails with {@link Problem.NotFound}. */
  public Uni<Host> find(Mutiny.StatelessSession session, UUID id) {
    return session
        .get(HostRow.class, id)
        .onItem()
        .ifNull()
        .failWith(() -> unknown(id))
        .map(HostRow::toHost);
  }

  /**
   * Changes a host.
   *
   * @param edit runs while the row is locked: checks access and precondition, gives the new spec
   * @return the host as it is afterwards; unchanged, and nothing published, if the spec is the same
   */
  Uni<Host> change(
      Mutiny.StatelessSession session, UUID id, Function<Host, HostSpec> edit, Cause cause) {
    return locked(session, id).chain(row -> change(session, row.toHost(), edit, cause));
  }

  private Uni<Host> change(
      Mutiny.StatelessSession session, Host before, Function<Host, HostSpec> edit, Cause cause) {
    HostSpec spec = edit.apply(before);
    if (spec.equals(HostSpec.of(before))) {
      return Uni.createFrom().item(before);
    }
    Host after = HostVersions.next(before, spec);
    return new HostRows_(session)
        .update(HostRow.of(after))
        .onFailure()
        .transform(e -> refusal(e, after))
        .chain(() -> append(session, before, after, cause))
        .replaceWith(after);
  }

  /**
   * Notes what was observed of a host.
   *
   * @return whether it was something new: a version was made and will be published
   */
  public Uni<Boolean> observe(
      Mutiny.StatelessSession session, UUID id, UnaryOperator<Host.State> change, Cause cause) {
    return locked(session, id)
        .chain(
            row -> {
              Host before = row.toHost();
              Host.State state = change.apply(before.state());
              return state.equals(before.state())
                  ? Uni.createFrom().item(false)
                  : observed(session, before, state, cause).replaceWith(true);
            });
  }

  /**
   * Notes what was done to a host's agent. It makes a version also when the host's state stays: who
   * did what, and why, is in its cause.
   */
  public Uni<Void> note(
      Mutiny.StatelessSession session, UUID id, UnaryOperator<Host.State> change, Cause cause) {
    return locked(session, id)
        .chain(
            row -> {
              Host before = row.toHost();
              return observed(session, before, change.apply(before.state()), cause);
            });
  }

  private Uni<Void> observed(
      Mutiny.StatelessSession session, Host before, Host.State state, Cause cause) {
    Host after = HostVersions.next(before, state);
    return new HostRows_(session)
        .update(HostRow.of(after))
        .chain(() -> append(session, before, after, cause));
  }

  private static Uni<HostRow> locked(Mutiny.StatelessSession session, UUID id) {
    return session
        .get(HostRow.class, id, LockMode.PESSIMISTIC_WRITE)
        .onItem()
        .ifNull()
        .failWith(() -> unknown(id));
  }

  private Uni<Void> append(
      Mutiny.StatelessSession session, @Nullable Host before, @Nullable Host after, Cause cause) {
    return timeline.append(session, HostVersions.of(before, after, cause));
  }

  private static Throwable refusal(Throwable e, Host host) {
    return switch (Constraints.violated(e)) {
      case "host_name_taken" ->
          new Problem.Conflict(
                  "Another host of this site has this name.",
                  List.of(
                      new Violation(
                          "name.taken",
                          "/name",
                          Json.MAPPER.valueToTree(host.name()),
                          "Choose a name that no other host of the site has.")))
              .asException();
      case "host_site_unknown" ->
          new Problem.Invalid(
                  List.of(
                      new Violation(
                          "site.unknown",
                          "/siteId",
                          Json.MAPPER.valueToTree(host.siteId()),
                          "Create the site first, or give the id of one that exists.")))
              .asException();
      default -> e;
    };
  }

  static RuntimeException unknown(UUID id) {
    return new Problem.NotFound("There is no host " + id + ".").asException();
  }
}
