package dev.perch.inventory.group;

import dev.perch.contract.Catalogue;
import dev.perch.contract.Cause;
import dev.perch.contract.Json;
import dev.perch.contract.inventory.Group;
import dev.perch.kit.timeline.Constraints;
import dev.perch.kit.timeline.Ids;
import dev.perch.kit.timeline.Instants;
import dev.perch.kit.timeline.Timeline;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What can be done to a group. Each method runs inside its caller's transaction. */
@ApplicationScoped
class GroupRegistry {
  private final Timeline timeline;

  GroupRegistry(Timeline timeline) {
    this.timeline = timeline;
  }

  Uni<Group> create(Mutiny.StatelessSession session, GroupSpec spec, Cause cause) {
    var now = Instants.now();
    var group =
        new Group(Ids.next(), spec.name(), spec.description(), spec.selector(), 1, now, now);
    return new GroupRows_(session)
        .insert(GroupRow.of(group))
        .onFailure()
        .transform(e -> refusal(e, group))
        .chain(() -> append(session, null, group, cause))
        .replaceWith(group);
  }

  /** Reads a group or fails with {@link Problem.NotFound}. */
  Uni<Group> find(Mutiny.StatelessSession session, UUID id) {
    return session
        .get(GroupRow.class, id)
        .onItem()
        .ifNull()
        .failWith(() -> unknown(id))
        .map(GroupRow::toGroup);
  }

  /**
   * Changes a group.
   *
   * @param edit runs while the row is locked: checks the precondition, gives the new spec
   */
  Uni<Group> change(
      Mutiny.StatelessSession session, UUID id, Function<Group, GroupSpec> edit, Cause cause) {
    return locked(session, id)
        .chain(
            row -> {
              Group before = row.toGroup();
              GroupSpec spec = edit.apply(before);
              return spec.equals(GroupSpec.of(before))
                  ? Uni.createFrom().item(before)
                  : update(session, before, spec, cause);
            });
  }

  private Uni<Group> update(
      Mutiny.StatelessSession session, Group before, GroupSpec spec, Cause cause) {
    var after =
        new Group(
            before.id(),
            spec.name(),
            spec.description(),
            spec.selector(),
            before.version() + 1,
            before.createdAt(),
            Instants.after(before.updatedAt()));
    return new GroupRows_(session)
        .update(GroupRow.of(after))
        .onFailure()
        .transform(e -> refusal(e, after))
        .chain(() -> append(session, before, after, cause))
        .replaceWith(after);
  }

  /** Removes a group; its hosts stay as they are. */
  Uni<Void> remove(Mutiny.StatelessSession session, UUID id, Consumer<Group> check, Cause cause) {
    return locked(session, id)
        .chain(
            row -> {
              Group last = row.toGroup();
              check.accept(last);
              return new GroupRows_(session)
                  .delete(row)
                  .chain(() -> append(session, last, null, cause));
            });
  }

  private static Uni<GroupRow> locked(Mutiny.StatelessSession session, UUID id) {
    return session
        .get(GroupRow.class, id, LockMode.PESSIMISTIC_WRITE)
        .onItem()
        .ifNull()
        .failWith(() -> unknown(id));
  }

  private Uni<Void> append(
      Mutiny.StatelessSession session, @Nullable Group before, @Nullable Group after, Cause cause) {
    return timeline.append(session, Timeline.Version.of(Catalogue.GROUPS, before, after, cause));
  }

  private static Throwable refusal(Throwable e, Group group) {
    return Constraints.violated(e).equals("group_name_taken")
        ? new Problem.Conflict(
                "Another group has this name.",
                List.of(
                    new Violation(
                        "name.taken",
                        "/name",
                        Json.MAPPER.valueToTree(group.name()),
                        "Choose a name that no other group has.")))
            .asException()
        : e;
  }

  static RuntimeException unknown(UUID id) {
    return new Problem.NotFound("There is no group " + id + ".").asException();
  }
}
