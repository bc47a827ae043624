package dev.perch.launcher.process;

import dev.perch.launcher.process.StackState.PartState;
import dev.perch.launcher.process.StackState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link Plan}: each step begins as soon as what it needs is there, parts that die are
 * started again, {@link #stop} goes backwards. What runs is in the {@link StateFile} at any moment,
 * so that a successor finds the parts if this process is killed.
 */
public final class Supervisor {
  private final Plan plan;
  private final StateFile file;
  private final Console console;
  private final Child.Tempo tempo;
  private final Instant startedAt = Instant.now();
  private final Map<String, Child> children = new LinkedHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Phase phase = Phase.STARTING;
  private boolean stopped;
  private boolean forgotten;

  /** With the usual patience. */
  public Supervisor(Plan plan, StateFile file, Console console) {
    this(plan, file, console, Duration.ofMinutes(4), BackOff.DEFAULT);
  }

  /**
   * @param firstReady how long a part may take until it is ready for the first time
   */
  public Supervisor(
      Plan plan, StateFile file, Console console, Duration firstReady, BackOff backOff) {
    this.plan = plan;
    this.file = file;
    this.console = console;
    this.tempo = new Child.Tempo(firstReady, backOff);
  }

  /**
   * Starts everything and returns when all is ready. On failure the caller has to {@link #stop}.
   *
   * @throws StartFailed if a port is taken, a task failed or a part did not get ready
   */
  public void start() throws StartFailed, InterruptedException {
    Map<String, PartState> adopted = Leftovers.of(file).keepOnly(plan.parts(), console);
    // First of all, so that whatever fails from here on, stop() ends the adopted ones too.
    synchronized (this) {
      for (Part part : plan.parts()) {
        Optional<PartState> before = Optional.ofNullable(adopted.get(part.name()));
        children.put(part.name(), new Child(part, before, tempo, console, this::publish));
      }
    }
    publish();
    Leftovers.requireFreePorts(
        plan.parts().stream().filter(part -> !adopted.containsKey(part.name())).toList());
    awaitAll(begin());
    become(Phase.READY);
  }

  /** What runs now. */
  public synchronized StackState state() {
    return new StackState(
        ProcessId.own(), startedAt, phase, children.values().stream().map(Child::state).toList());
  }

  /** Stops every part after those that need it. Does nothing the second time. */
  public void stop() throws InterruptedException {
    synchronized (this) {
      if (stopped) {
        return;
      }
      stopped = true;
    }
    become(Phase.STOPPING);
    // Nobody watches, restarts or begins anything any more; a task under way is interrupted.
    threads.shutdownNow();
    Map<String, CompletableFuture<@Nullable Void>> ended = new HashMap<>();
    List<Step> backwards = plan.steps().reversed();
    try (ExecutorService enders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Step step : backwards) {
        CompletableFuture<?>[] users =
            backwards.stream()
                .filter(other -> other.needs().contains(step.name()))
                .map(other -> ended.get(other.name()))
                .toArray(CompletableFuture[]::new);
        ended.put(
            step.name(), CompletableFuture.allOf(users).thenRunAsync(() -> end(step), enders));
      }
      CompletableFuture.allOf(ended.values().toArray(CompletableFuture[]::new)).join();
    }
    forget();
  }

  /**
   * Ends everything at once, even while {@link #stop} is waiting for somebody: for parts whose data
   * is going to be thrown away.
   */
  public void kill() throws InterruptedException {
    List<Child> all;
    synchronized (this) {
      stopped = true;
      all = List.copyOf(children.values());
    }
    threads.shutdownNow();
    for (Child child : all) {
      child.kill();
    }
    forget();
  }

  private List<CompletableFuture<@Nullable Void>> begin() {
    Map<String, CompletableFuture<@Nullable Void>> done = new LinkedHashMap<>();
    for (Step step : plan.steps()) {
      CompletableFuture<?>[] needs =
          step.needs().stream().map(done::get).toArray(CompletableFuture[]::new);
      done.put(
          step.name(),
          CompletableFuture.allOf(needs).thenComposeAsync(ready -> begin(step), threads));
    }
    return new ArrayList<>(done.values());
  }

  private CompletableFuture<@Nullable Void> begin(Step step) {
    return switch (step) {
      case Task task -> CompletableFuture.runAsync(() -> run(task), threads);
      case Part part -> {
        Child child = Objects.requireNonNull(child(part));
        threads.execute(child);
        yield child.firstReady();
      }
    };
  }

  private void run(Task task) {
    Instant began = Instant.now();
    try {
      String result = task.work().run();
      console.say(
          task.name(),
          result + " (" + Console.seconds(Duration.between(began, Instant.now())) + ")");
    } catch (StartFailed e) {
      throw new CompletionException(e);
    } catch (Exception e) {
      throw new CompletionException(new StartFailed(task.name() + " failed: " + e));
    }
  }

  private void end(Step step) {
    if (step instanceof Part part) {
      try {
        Child child = child(part);
        if (child != null) {
          child.stop();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns when all are done, or as soon as one failed. */
  private static void awaitAll(List<CompletableFuture<@Nullable Void>> all)
      throws StartFailed, InterruptedException {
    CompletableFuture<@Nullable Void> failure = new CompletableFuture<>();
    all.forEach(
        one -> {
          var _ =
              one.whenComplete(
                  (done, e) -> {
                    if (e != null) {
                      failure.completeExceptionally(e);
                    }
                  });
        });
    try {
      CompletableFuture.anyOf(
              CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)), failure)
          .get();
    } catch (ExecutionException e) {
      throw new StartFailed(rootMessage(e));
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof StartFailed ? String.valueOf(cause.getMessage()) : cause.toString();
  }

  private synchronized @Nullable Child child(Part part) {
    return children.get(part.name());
  }

  private void become(Phase next) {
    synchronized (this) {
      phase = next;
    }
    publish();
  }

  private synchronized void publish() {
    if (!forgotten) {
      file.write(state());
    }
  }

  private synchronized void forget() {
    forgotten = true;
    file.delete();
  }
}
