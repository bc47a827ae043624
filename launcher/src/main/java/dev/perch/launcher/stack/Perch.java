package dev.perch.launcher.stack;

import dev.perch.launcher.process.Console;
import dev.perch.launcher.process.Leftovers;
import dev.perch.launcher.process.StackState;
import dev.perch.launcher.process.StartFailed;
import dev.perch.launcher.process.StateFile;
import dev.perch.launcher.process.Supervisor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A running Perch: everything that {@code perch up} starts and {@code perch down} ends. */
public final class Perch {
  private final Settings settings;
  private final Console console;
  private @Nullable Supervisor supervisor;
  private @Nullable Training training;
  private boolean stopping;

  public Perch(Settings settings, Console console) {
    this.settings = settings;
    this.console = console;
  }

  /**
   * Starts everything, adopting what a killed launcher left behind; returns when all is ready. The
   * caller holds the lock of the state folder and calls {@link #stop} in the end, whatever happens.
   *
   * @param fresh throws all data away first
   * @throws StartFailed saying what to do
   */
  public void start(boolean fresh) throws StartFailed, IOException, InterruptedException {
    Folders folders = settings.folders();
    folders.create();
    Training.cleanUp(folders);
    if (fresh) {
      stopLeftovers(folders, console);
      folders.deleteData();
      folders.create();
    }
    Credentials credentials = Credentials.in(folders);
    AotCaches caches =
        new AotCaches(folders.aot(), settings.aot() ? AotCaches.Mode.USE : AotCaches.Mode.OFF);
    Stack stack = new Stack(settings, credentials, caches, console);
    Supervisor starting = new Supervisor(stack.plan(), new StateFile(folders.state()), console);
    synchronized (this) {
      if (stopping) {
        throw new StartFailed("stopped");
      }
      supervisor = starting;
    }
    starting.start();
    if (settings.aot() && stack.programs().stream().anyMatch(caches::isMissing)) {
      train();
    }
  }

  /** Stops what a killed launcher left behind in the folder; nobody else runs there. */
  public static void stopLeftovers(Folders folders, Console console)
      throws IOException, InterruptedException {
    Training.cleanUp(folders);
    StateFile file = new StateFile(folders.state());
    Leftovers.of(file).stop(console);
    file.delete();
  }

  public synchronized boolean isStopping() {
    return stopping;
  }

  /** What runs; nothing before it starts. */
  public synchronized @Nullable StackState state() {
    return supervisor == null ? null : supervisor.state();
  }

  /** Stops everything in reverse order; returns when it is gone. */
  public void stop() throws InterruptedException {
    Supervisor running;
    Training background;
    synchronized (this) {
      stopping = true;
      running = supervisor;
      background = training;
    }
    if (background != null) {
      background.cancel();
    }
    if (running != null) {
      running.stop();
    }
  }

  private synchronized void train() {
    if (!stopping) {
      Training beginning = new Training(settings, console);
      training = beginning;
      Thread.ofPlatform().name("training").daemon().start(beginning::run);
    }
  }
}
