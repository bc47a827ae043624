package dev.perch.kit.reconcile.operation;

import dev.perch.contract.Catalogue;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.reconcile.WorkQueue;
import java.time.Duration;
import java.util.List;

/** The parts of long work put together, for a service of whichever framework. */
public final class LongWork {
  private final Kinds kinds;
  private final OperationLog log;
  private final OperationBook book;
  private final Operations operations;

  /**
   * @param service names the topics
   */
  public LongWork(
      String service,
      Database database,
      Outbox outbox,
      WorkItems items,
      List<OperationKind> kinds) {
    this.kinds = new Kinds(kinds);
    this.log = new OperationLog(Catalogue.operations(service));
    this.book = new OperationBook(service, database, log, outbox, items);
    this.operations = new Operations(this.kinds, log, outbox, items);
  }

  /** Where long work is asked for. */
  public Operations operations() {
    return operations;
  }

  /** What works on it; hand it to {@link dev.perch.kit.reconcile.Workers}. */
  public WorkQueue queue(int parallelism) {
    return new WorkQueue(Operations.QUEUE, parallelism, new OperationDriver(book, kinds));
  }

  /** What forgets operations some time after their end. */
  WorkQueue forgetting(Duration keep) {
    return new WorkQueue(Forgetting.QUEUE, 1, new Forgetting(book, keep));
  }

  OperationBook book() {
    return book;
  }

  OperationLog log() {
    return log;
  }

  OperationDriver driver() {
    return new OperationDriver(book, kinds);
  }
}
