package dev.perch.inventory.link;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what comes from many links to one place, together: what arrives while a batch is worked on
 * is the next one. So a lone item does not wait, and thousands cost few transactions. Order is
 * kept. Whoever puts items in bounds them.
 */
final class Batcher<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);

  private final BlockingQueue<T> queue = new LinkedBlockingQueue<>();
  private final int most;
  private final Consumer<List<T>> work;
  private final Thread thread;

  /**
   * @param work must see to every item itself, also when it fails
   */
  Batcher(String name, int most, Consumer<List<T>> work) {
    this.most = most;
    this.work = work;
    thread = Thread.ofVirtual().name(name).start(this::run);
  }

  void put(T item) {
    queue.add(item);
  }

  private void run() {
    try {
      while (true) {
        List<T> batch = new ArrayList<>();
        batch.add(queue.take());
        queue.drainTo(batch, most - 1);
        try {
          work.accept(batch);
        } catch (RuntimeException e) {
          LOG.atError().setCause(e).addKeyValue("items", batch.size()).log("Batch was lost");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
