package dev.perch.launcher.process;

import dev.perch.launcher.process.StackState.Condition;
import dev.perch.launcher.process.StackState.PartState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches over one part, on a thread of its own.
 *
 * <pre>
 * WAITING → STARTING → READY
 *               ↑  ↘     ↓ dies
 *               BACKING_OFF          any → STOPPED
 * </pre>
 *
 * Before it has been ready once, it may die {@value #FIRST_ATTEMPTS} times; afterwards it is
 * started again for ever.
 */
final class Child implements Runnable {
  private static final int FIRST_ATTEMPTS = 3;
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration REMIND = Duration.ofSeconds(15);

  private final Part part;
  private final Tempo tempo;
  private final Console console;
  private final Runnable changed;
  private final CompletableFuture<@Nullable Void> firstReady = new CompletableFuture<>();
  private final CountDownLatch stopRequested = new CountDownLatch(1);
  private @Nullable ChildProcess process;
  private Condition condition = Condition.WAITING;
  private int restarts;

  /** How long to wait for what. */
  record Tempo(Duration firstReady, BackOff backOff) {}

  /**
   * @param adopted a process of a dead launcher that runs this very part
   * @param changed called after each change of {@link #state}
   */
  Child(Part part, Optional<PartState> adopted, Tempo tempo, Console console, Runnable changed) {
    this.part = part;
    this.tempo = tempo;
    this.console = console;
    this.changed = changed;
    adopted.ifPresent(
        before -> {
          process = before.alive().map(ChildProcess::adopted).orElse(null);
          restarts = before.restarts();
        });
  }

  /** Done when the part was ready for the first time, failed if it could not get there. */
  CompletableFuture<@Nullable Void> firstReady() {
    return firstReady;
  }

  synchronized PartState state() {
    return new PartState(
        part.name(),
        part.kind(),
        condition,
        process == null ? null : process.id(),
        part.fingerprint(),
        part.serves().address(),
        part.serves().ready(),
        part.stop(),
        restarts,
        part.start().log(),
        part.aotCache().orElse(null));
  }

  @Override
  public void run() {
    try {
      int failures = 0;
      while (true) {
        Instant began = Instant.now();
        String end = live(began);
        if (isStopping()) {
          return;
        }
        Duration ran = Duration.between(began, Instant.now());
        failures = ran.compareTo(tempo.backOff().steady()) >= 0 ? 1 : failures + 1;
        if (!firstReady.isDone() && failures >= FIRST_ATTEMPTS) {
          fail("died " + failures + " times before it was ready (last: " + end + ")");
          return;
        }
        if (!backOff(failures, end, ran)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      firstReady.completeExceptionally(new StartFailed(part.name() + " was stopped"));
    }
  }

  /** Stops the process and does not start another one; returns when it is gone. */
  void stop() throws InterruptedException {
    stopRequested.countDown();
    ChildProcess last = process();
    if (last != null && last.isAlive()) {
      Instant began = Instant.now();
      boolean orderly = ChildProcess.stop(last.id(), part.stop());
      Duration took = Duration.between(began, Instant.now());
      console.say(
          part.name(), (orderly ? "stopped after " : "killed after ") + Console.seconds(took));
    }
    become(Condition.STOPPED, null);
  }

  /** As {@link #stop}, without asking. */
  void kill() throws InterruptedException {
    stopRequested.countDown();
    ChildProcess last = process();
    if (last != null) {
      ChildProcess.kill(last.id());
    }
    become(Condition.STOPPED, null);
  }

  private synchronized @Nullable ChildProcess process() {
    return process;
  }

  /**
   * One life of the process.
   *
   * @return how it ended
   */
  private String live(Instant began) throws InterruptedException {
    ChildProcess now = process();
    if (now == null) {
      try {
        now = start();
      } catch (IOException e) {
        return "cannot be started: " + e.getMessage();
      }
    } else {
      console.say(part.name(), "adopted, runs as process " + now.id().pid());
      become(Condition.STARTING, now);
    }
    if (now == null) {
      return "stopped";
    }
    awaitReady(now, began);
    return ChildProcess.describe(now.awaitExit());
  }

  private @Nullable ChildProcess start() throws IOException {
    ChildProcess started;
    synchronized (this) {
      if (isStopping()) {
        return null;
      }
      started = ChildProcess.start(part);
      process = started;
      condition = Condition.STARTING;
    }
    changed.run();
    console.say(part.name(), "starting, process " + started.id().pid());
    return started;
  }

  private void awaitReady(ChildProcess now, Instant began) throws InterruptedException {
    Duration remind = REMIND;
    Optional<String> trouble = part.serves().ready().trouble();
    while (trouble.isPresent()) {
      if (!now.isAlive() || stopRequested.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      Duration waited = Duration.between(began, Instant.now());
      if (!firstReady.isDone() && waited.compareTo(tempo.firstReady()) > 0) {
        fail("was not ready after " + Console.seconds(waited) + " (" + trouble.get() + ")");
      } else if (waited.compareTo(remind) > 0) {
        console.say(
            part.name(), "not ready after " + Console.seconds(waited) + ": " + trouble.get());
        remind = remind.multipliedBy(2);
      }
      trouble = part.serves().ready().trouble();
    }
    // A stranger on the same port would answer too; the part itself must be there.
    if (now.isAlive()) {
      become(Condition.READY, now);
      console.say(
          part.name(), "ready after " + Console.seconds(Duration.between(began, Instant.now())));
      firstReady.complete(null);
    }
  }

  /**
   * @return whether to go on afterwards
   */
  private boolean backOff(int failures, String end, Duration ran) throws InterruptedException {
    Duration pause = tempo.backOff().pause(failures);
    synchronized (this) {
      restarts++;
    }
    console.say(
        part.name(),
        "died after %s (%s), starts again in %s; log: %s"
            .formatted(Console.seconds(ran), end, Console.seconds(pause), part.start().log()));
    become(Condition.BACKING_OFF, null);
    return !stopRequested.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void fail(String how) {
    Path log = part.start().log();
    firstReady.completeExceptionally(
        new StartFailed(
            "%s %s%nThe end of %s:%n%s".formatted(part.name(), how, log, Logs.end(log))));
  }

  private boolean isStopping() {
    return stopRequested.getCount() == 0;
  }

  private void become(Condition next, @Nullable ChildProcess with) {
    synchronized (this) {
      condition = next;
      process = with;
    }
    changed.run();
  }
}
