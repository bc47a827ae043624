package dev.perch.inventory.link;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one after the other, in their order, on a thread that exists only while there are any.
 */
final class Serial {
  private final Executor threads;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * @param threads a new virtual thread for each
   */
  Serial(Executor threads) {
    this.threads = threads;
  }

  void run(Runnable task) {
    tasks.add(task);
    if (waiting.getAndIncrement() == 0) {
      threads.execute(this::drain);
    }
  }

  private void drain() {
    do {
      Runnable task = tasks.remove();
      task.run();
    } while (waiting.decrementAndGet() > 0);
  }
}
