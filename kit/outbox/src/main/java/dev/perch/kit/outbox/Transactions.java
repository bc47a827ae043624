package dev.perch.kit.outbox;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** One use case is one transaction; the relay is woken when a change has committed with it. */
public final class Transactions {
  private final Mutiny.SessionFactory sessions;
  private final Outbox outbox;

  public Transactions(Mutiny.SessionFactory sessions, Outbox outbox) {
    this.sessions = sessions;
    this.outbox = outbox;
  }

  /**
   * Runs the work in a new transaction, which commits when the work's item arrives and rolls back
   * when it fails. Cancelling, as a client does that hangs up, stops the waiting and not the work.
   */
  public <T> Uni<T> run(Function<Mutiny.StatelessSession, Uni<T>> work) {
    return Uni.createFrom().deferred(() -> once(work));
  }

  /** Runs one query outside a transaction: it sees one snapshot and costs one round trip. */
  public <T> Uni<T> read(Function<Mutiny.StatelessSession, Uni<T>> query) {
    return sessions.withStatelessSession(query);
  }

  private <T> Uni<T> once(Function<Mutiny.StatelessSession, Uni<T>> work) {
    AtomicReference<Mutiny.@Nullable StatelessSession> used = new AtomicReference<>();
    Uni<T> transaction =
        sessions
            .withStatelessTransaction(
                session -> {
                  used.set(session);
                  return work.apply(session);
                })
            .onTermination()
            .invoke((item, failure, cancelled) -> outbox.ended(used.get(), failure == null));
    // Hibernate Reactive rolls back a cancelled transaction at once, while a statement of it is on
    // its way: the next ones would run outside of any transaction, each committing by itself. An
    // emitter does not pass a cancellation on.
    return Uni.createFrom()
        .emitter(waiting -> transaction.subscribe().with(waiting::complete, waiting::fail));
  }
}
