package dev.perch.kit.reconcile;

import dev.perch.kit.outbox.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * All queues of one process. Each has its own places and its own thread, so none waits for another.
 */
public final class Workers implements AutoCloseable {
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(3);

  private final List<WorkQueue> queues;
  private final Pace pace;
  private final Leases leases;
  private final StuckWatch stuck;
  private final List<Worker> workers;
  private final ScheduledExecutorService clock =
      Executors.newScheduledThreadPool(3, Thread.ofPlatform().daemon().name("work-", 0).factory());

  public Workers(
      Database database,
      WorkItems items,
      List<WorkQueue> queues,
      Pace pace,
      MeterRegistry registry,
      Troubles troubles) {
    WorkTable table =
        new WorkTable(database, ProcessHandle.current().pid() + "-" + UUID.randomUUID());
    this.queues = List.copyOf(queues);
    this.pace = pace;
    this.leases = new Leases(table, pace.lease());
    this.stuck = new StuckWatch(table, troubles);
    this.workers =
        queues.stream()
            .map(
                queue ->
                    new Worker(
                        queue,
                        table,
                        items.bell(queue.name()),
                        leases,
                        pace,
                        new WorkMeters(registry, queue.name())))
            .toList();
    if (queues.stream().map(WorkQueue::name).distinct().count() < queues.size()) {
      throw new IllegalArgumentException("two queues have one name: " + queues);
    }
  }

  public void start() {
    // Apart, so that a renewal that waits for the database does not keep lost work going.
    repeat(leases::renew, pace.renew());
    repeat(leases::interruptLost, pace.renew().dividedBy(4));
    repeat(() -> queues.forEach(queue -> stuck.look(queue.name())), pace.watch());
    workers.forEach(Worker::start);
  }

  private void repeat(Runnable task, Duration every) {
    var _ = clock.scheduleWithFixedDelay(task, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Claims nothing more, lets work end by itself for a moment, then interrupts it; what is
   * interrupted is handed back, due at once. What does not heed an interrupt keeps its lease, which
   * ends soon: nobody may begin what is still being done here.
   */
  @Override
  public void close() {
    workers.forEach(Worker::stop);
    if (!ended(pace.grace())) {
      leases.interruptAll();
      ended(AFTER_INTERRUPT);
    }
    clock.shutdownNow();
  }

  private boolean ended(Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    try {
      while (!leases.isEmpty() && System.nanoTime() - deadline < 0) {
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return leases.isEmpty();
  }
}
