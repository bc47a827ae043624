package dev.perch.launcher.stack;

import dev.perch.launcher.process.Console;
import dev.perch.launcher.process.Leftovers;
import dev.perch.launcher.process.StartFailed;
import dev.perch.launcher.process.StateFile;
import dev.perch.launcher.process.Supervisor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the AOT caches: runs a second stack with scratch data on spare ports, sends it the requests
 * of {@link Exercise}, and stops it, upon which each JVM writes its cache. The next start uses
 * them. All of it runs at the lowest priority: somebody is using the first stack.
 */
final class Training {
  private static final String NAME = "aot-caches";

  private final Settings settings;
  private final Folders scratch;
  private final Console console;
  private @Nullable Supervisor supervisor;
  private boolean cancelled;

  /**
   * @param settings of the stack that the caches are for
   */
  Training(Settings settings, Console console) {
    this.settings = settings;
    this.scratch = settings.folders().training();
    this.console = console;
  }

  /** Removes what a killed launcher left of its training. */
  static void cleanUp(Folders folders) throws IOException, InterruptedException {
    Leftovers.of(new StateFile(folders.training().state())).kill();
    Folders.delete(folders.training().state());
    new AotCaches(folders.aot(), AotCaches.Mode.OFF).discardUnfinished();
  }

  /** Does everything; cancelled or failed, it leaves nothing behind but a line on the console. */
  void run() {
    Instant began = Instant.now();
    try {
      console.say(NAME, "being made in the background, for a faster next start");
      List<String> made = record();
      console.say(
          NAME,
          "made after "
              + Console.seconds(Duration.between(began, Instant.now()))
              + " for "
              + String.join(", ", made));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      if (!isCancelled()) {
        console.say(NAME, "not made: " + e.getMessage());
      }
    }
  }

  /** Stops it; returns when its processes are gone. */
  void cancel() throws InterruptedException {
    Supervisor running;
    synchronized (this) {
      cancelled = true;
      running = supervisor;
    }
    if (running != null) {
      running.kill();
    }
  }

  private List<String> record() throws IOException, InterruptedException, StartFailed {
    Folders.delete(scratch.state());
    scratch.create();
    Files.createDirectories(settings.folders().aot());
    Settings own =
        new Settings(
            scratch,
            PortBlock.free(),
            settings.services(),
            Settings.External.NONE,
            Map.of(),
            true,
            false);
    AotCaches caches = new AotCaches(settings.folders().aot(), AotCaches.Mode.RECORD);
    Credentials credentials = Credentials.in(scratch);
    Console quiet = quiet();
    Stack stack = new Stack(own, credentials, caches, quiet);
    Supervisor stackSupervisor =
        new Supervisor(stack.plan().inBackground(), new StateFile(scratch.state()), quiet);
    synchronized (this) {
      if (cancelled) {
        return List.of();
      }
      supervisor = stackSupervisor;
    }
    try {
      stackSupervisor.start();
      new Exercise(own, credentials).run();
    } finally {
      stackSupervisor.stop();
    }
    List<String> made = new ArrayList<>();
    for (JavaProgram program : stack.programs()) {
      if (caches.adopt(program)) {
        made.add(program.name());
      }
    }
    Folders.delete(scratch.state());
    return made;
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  private static Console quiet() {
    return new Console(
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }
}
