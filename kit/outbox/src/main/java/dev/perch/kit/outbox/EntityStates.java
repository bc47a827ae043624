package dev.perch.kit.outbox;

import dev.perch.contract.Aggregate;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The states of a Hibernate entity whose attributes {@code id} and {@code version} are the
 * aggregate's.
 *
 * @param <E> the entity
 */
public final class EntityStates<E> implements StateSource {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Aggregate aggregate;
  private final Class<E> entity;
  private final Function<String, ?> id;
  private final Function<E, Snapshot> snapshot;
  private final Transactions transactions;
  private final Outbox outbox;

  /**
   * @param id reads a key as the entity's id: {@code UUID::fromString}
   * @param snapshot the entity as it is published
   */
  public EntityStates(
      Aggregate aggregate,
      Class<E> entity,
      Function<String, ?> id,
      Function<E, Snapshot> snapshot,
      Transactions transactions,
      Outbox outbox) {
    this.aggregate = aggregate;
    this.entity = entity;
    this.id = id;
    this.snapshot = snapshot;
    this.transactions = transactions;
    this.outbox = outbox;
  }

  @Override
  public Aggregate aggregate() {
    return aggregate;
  }

  @Override
  public List<Version> versions(@Nullable String after, int limit) {
    return await(
            () ->
                transactions.read(
                    session -> page(session, after).setMaxResults(limit).getResultList()))
        .stream()
        .map(row -> new Version(row[0].toString(), ((Number) row[1]).longValue()))
        .toList();
  }

  private Mutiny.SelectionQuery<Object[]> page(
      Mutiny.StatelessSession session, @Nullable String after) {
    String select = "select e.id, e.version from " + entity.getSimpleName() + " e ";
    return after == null
        ? session.createSelectionQuery(select + "order by e.id", Object[].class)
        : session
            .createSelectionQuery(select + "where e.id > :after order by e.id", Object[].class)
            .setParameter("after", id.apply(after));
  }

  @Override
  public Set<String> republish(List<String> keys) {
    return await(
        () ->
            transactions.run(
                session -> locked(session, keys).chain(found -> restate(session, found))));
  }

  /** Hibernate Reactive works on an event loop only; the audit's thread waits for it. */
  private static <T> T await(Supplier<Uni<T>> work) {
    try {
      return VertxContextSupport.subscribeAndAwait(
          () -> work.get().ifNoItem().after(PATIENCE).fail());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private Uni<List<E>> locked(Mutiny.StatelessSession session, List<String> keys) {
    return session
        .createSelectionQuery(
            "from " + entity.getSimpleName() + " e where e.id in :ids order by e.id", entity)
        .setParameter("ids", keys.stream().map(id).toList())
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  private Uni<Set<String>> restate(Mutiny.StatelessSession session, List<E> found) {
    List<Snapshot> snapshots = found.stream().map(snapshot).toList();
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Snapshot one : snapshots) {
      all = all.chain(() -> outbox.restate(session, one));
    }
    return all.replaceWith(
        () -> snapshots.stream().map(Snapshot::key).collect(Collectors.toUnmodifiableSet()));
  }
}
