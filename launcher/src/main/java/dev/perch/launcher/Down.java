package dev.perch.launcher;

import dev.perch.launcher.process.Console;
import dev.perch.launcher.process.ProcessId;
import dev.perch.launcher.process.StackState;
import dev.perch.launcher.process.StackState.Condition;
import dev.perch.launcher.process.StateFile;
import dev.perch.launcher.stack.Folders;
import dev.perch.launcher.stack.Perch;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Stops everything, in reverse order; also what a killed launcher left running. */
final class Down implements Command {
  /** Three generations of parts at 10 s each, and some. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public Arguments.Syntax syntax() {
    return new Arguments.Syntax(Set.of(), Set.of());
  }

  @Override
  public Exit run(Folders folders, Arguments arguments) throws IOException, InterruptedException {
    StateFile file = new StateFile(folders.state());
    Console console = new Console(System.out);
    Optional<StackState> state = file.read();
    if (state.isEmpty()) {
      System.out.println("Nothing runs in " + folders.state() + ".");
      return Exit.DONE;
    }
    ProcessId launcher = state.get().launcher();
    if (launcher.isAlive()) {
      return stop(launcher, file, console);
    }
    console.say("launcher", "process " + launcher.pid() + " is gone; stopping what it left");
    Perch.stopLeftovers(folders, console);
    return Exit.DONE;
  }

  private static Exit stop(ProcessId launcher, StateFile file, Console console)
      throws InterruptedException {
    ProcessHandle.of(launcher.pid()).ifPresent(ProcessHandle::destroy);
    Set<String> told = new HashSet<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (launcher.isAlive()) {
      if (System.nanoTime() > deadline) {
        System.err.println(
            "perch: the launcher, process "
                + launcher.pid()
                + ", does not end. Kill it and call ./perch down again.");
        return Exit.FAILED;
      }
      tell(file, told, console);
      TimeUnit.MILLISECONDS.sleep(50);
    }
    console.say("launcher", "stopped");
    return Exit.DONE;
  }

  private static void tell(StateFile file, Set<String> told, Console console) {
    file.read()
        .ifPresent(
            state ->
                state.parts().stream()
                    .filter(part -> part.condition() == Condition.STOPPED && told.add(part.name()))
                    .forEach(part -> console.say(part.name(), "stopped")));
  }
}
