package dev.perch.kit.timeline;

import dev.perch.contract.Cause;
import dev.perch.contract.Json;
import dev.perch.contract.Resource;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * What use cases do to resources of one kind, in their session's transaction: row, timeline and
 * outbox are written together or not at all.
 */
public final class Resources<R extends Resource> {
  private final ResourceKind<R> kind;
  private final Timeline timeline;

  public Resources(ResourceKind<R> kind, Timeline timeline) {
    this.kind = kind;
    this.timeline = timeline;
  }

  public ResourceKind<R> kind() {
    return kind;
  }

  /** Keeps a resource that is new. */
  public Uni<R> create(Mutiny.StatelessSession session, R resource, Cause cause) {
    return session
        // The driver would take a text for a jsonb parameter as a JSON string.
        .createNativeQuery(
            "insert into %s (id, version, document) values (?1, ?2, cast(cast(?3 as text) as jsonb))"
                .formatted(kind.table()))
        .setParameter(1, resource.id())
        .setParameter(2, resource.version())
        .setParameter(3, Json.write(resource))
        .executeUpdate()
        .onFailure()
        .transform(kind::refusal)
        .chain(() -> timeline.append(session, kind.version(null, resource, cause)))
        .replaceWith(resource);
  }

  /** Reads a resource or fails with {@link dev.perch.kit.web.Problem.NotFound}. */
  public Uni<R> find(Mutiny.StatelessSession session, UUID id) {
    return one(session, id, "");
  }

  /** As {@link #find}; nobody else changes it before the transaction ends. */
  public Uni<R> lock(Mutiny.StatelessSession session, UUID id) {
    return one(session, id, " for no key update");
  }

  private Uni<R> one(Mutiny.StatelessSession session, UUID id, String lock) {
    return session
        .createNativeQuery(
            "select cast(document as text) from " + kind.table() + " where id = ?1" + lock,
            String.class)
        .setParameter(1, id)
        .getSingleResultOrNull()
        .onItem()
        .ifNull()
        .failWith(() -> kind.unknown(id))
        .map(kind::read);
  }

  /**
   * Changes a resource.
   *
   * @param edit runs while the row is locked: checks access and precondition, gives the next
   *     version; what it was given means that nothing changes
   */
  public Uni<R> change(
      Mutiny.StatelessSession session, UUID id, UnaryOperator<R> edit, Cause cause) {
    return lock(session, id).chain(before -> replace(session, before, edit.apply(before), cause));
  }

  /** Writes the next version of a resource that is locked; itself again changes nothing. */
  public Uni<R> replace(Mutiny.StatelessSession session, R before, R after, Cause cause) {
    if (after.equals(before)) {
      return Uni.createFrom().item(before);
    }
    kind.requireNext(before, after);
    return session
        .createNativeQuery(
            "update %s set version = ?1, document = cast(cast(?2 as text) as jsonb) where id = ?3"
                .formatted(kind.table()))
        .setParameter(1, after.version())
        .setParameter(2, Json.write(after))
        .setParameter(3, after.id())
        .executeUpdate()
        .onFailure()
        .transform(kind::refusal)
        .chain(() -> timeline.append(session, kind.version(before, after, cause)))
        .replaceWith(after);
  }

  /** Removes a resource; its timeline stays. */
  public Uni<R> remove(Mutiny.StatelessSession session, UUID id, Consumer<R> check, Cause cause) {
    return lock(session, id)
        .invoke(check)
        .call(
            last ->
                session
                    .createNativeQuery("delete from " + kind.table() + " where id = ?1")
                    .setParameter(1, id)
                    .executeUpdate()
                    .onFailure()
                    .transform(kind::refusal))
        .call(last -> timeline.append(session, kind.version(last, null, cause)));
  }

  /**
   * Reads resources by a query whose first column is {@code cast(document as text)}.
   *
   * @param parameters in the order of the question marks
   */
  public Uni<List<R>> query(Mutiny.StatelessSession session, String sql, List<?> parameters) {
    var query = session.createNativeQuery(sql, String.class);
    for (int i = 0; i < parameters.size(); i++) {
      @Nullable Object value = parameters.get(i);
      query.setParameter(i + 1, value);
    }
    return query.getResultList().map(rows -> rows.stream().map(kind::read).toList());
  }
}
