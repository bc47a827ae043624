package dev.perch.kit.reconcile.operation;

import dev.perch.contract.operation.Operation;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.reconcile.WorkItems;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Asks for long work, in the caller's transaction: the operation, its event and the wake of its
 * target are there together or not at all. Answer 202 with the operation.
 */
public final class Operations {
  /** The work queue of operations; its keys are targets. */
  public static final String QUEUE = "operations";

  private final Kinds kinds;
  private final OperationLog log;
  private final Outbox outbox;
  private final WorkItems items;

  Operations(Kinds kinds, OperationLog log, Outbox outbox, WorkItems items) {
    this.kinds = kinds;
    this.log = log;
    this.outbox = outbox;
    this.items = items;
  }

  /**
   * Asks for an operation in the session's transaction. In {@link
   * dev.perch.kit.outbox.Transactions#run} it is begun as soon as that has committed.
   *
   * @throws IllegalArgumentException if there is no such kind: a fault of the program
   */
  public Uni<Operation> request(Mutiny.StatelessSession session, NewOperation asked) {
    Kept kept = create(asked);
    Mutiny.Query<Object> insert = session.createNativeQuery(OperationTable.INSERT);
    List<?> values = OperationTable.values(kept);
    for (int i = 0; i < values.size(); i++) {
      insert.setParameter(i + 1, values.get(i));
    }
    return insert
        .executeUpdate()
        .chain(() -> outbox.append(session, log.created(kept, asked.cause())))
        .chain(() -> items.wake(session, QUEUE, kept.target()))
        .replaceWith(kept.shown());
  }

  /** As {@link #request}, in a blocking transaction; call {@link #wake} after its commit. */
  public Operation request(Connection connection, NewOperation asked) throws SQLException {
    Kept kept = create(asked);
    OperationTable.insert(connection, kept);
    outbox.append(connection, log.created(kept, asked.cause()));
    items.wake(connection, QUEUE, Set.of(kept.target()));
    return kept.shown();
  }

  /** Has what was asked for begun and published now instead of within a second. */
  public void wake() {
    outbox.wake();
    items.ring(QUEUE);
  }

  private Kept create(NewOperation asked) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return new Kept(
        UuidVersion7Strategy.INSTANCE.generateUuid(null),
        asked.kind(),
        asked.target(),
        asked.site(),
        asked.spec(),
        new Stage.Pending(Steps.of(kinds.stepNames(asked.kind(), asked.spec()))),
        asked.cause().actor(),
        asked.cause().reason(),
        1,
        now,
        now);
  }
}
