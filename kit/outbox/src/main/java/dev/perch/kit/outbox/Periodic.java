package dev.perch.kit.outbox;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again on a virtual thread; a fault is logged and tried next time. */
final class Periodic implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Periodic.class);

  /** What is done each time. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }

  private final String name;
  private final Duration interval;
  private final Task task;
  private final Doorbell bell = new Doorbell();
  private final Thread thread;
  private volatile boolean stopped;

  Periodic(String name, Duration interval, Task task) {
    this.name = name;
    this.interval = interval;
    this.task = task;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::loop);
  }

  void start() {
    thread.start();
  }

  /** Does it now instead of at the end of the interval. */
  void now() {
    bell.ring();
  }

  private void loop() {
    while (!stopped) {
      try {
        task.run();
      } catch (InterruptedException e) {
        return;
      } catch (Exception e) {
        LOG.atWarn().addKeyValue("task", name).addKeyValue("fault", e).log("Tried again later");
      }
      bell.await(interval);
    }
  }

  /** Interrupts what is being done. */
  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
  }
}
