package dev.perch.launcher.process;

import dev.perch.launcher.process.StackState.PartState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Parts that still run although their launcher is gone (killed with SIGKILL). They are known by pid
 * and start time, so that a stranger with a recycled pid is never touched.
 */
public final class Leftovers {
  private final List<PartState> alive;

  private Leftovers(List<PartState> alive) {
    this.alive = alive;
  }

  /** What the launcher before left behind, in the order it was started. */
  public static Leftovers of(StateFile file) {
    return new Leftovers(
        file.read().map(StackState::parts).orElse(List.of()).stream()
            .filter(part -> part.alive().isPresent())
            .toList());
  }

  public boolean isEmpty() {
    return alive.isEmpty();
  }

  /** Stops all of them, the last started first. */
  public void stop(Console console) throws InterruptedException {
    stop(part -> true, "left over, ", console);
  }

  /** Ends all of them without asking: their data is going to be thrown away. */
  public void kill() throws InterruptedException {
    for (PartState part : alive) {
      ProcessId process = part.alive().orElse(null);
      if (process != null) {
        ChildProcess.kill(process);
      }
    }
  }

  /**
   * Stops those that are not in the plan or were started with another configuration.
   *
   * @return the others by name
   */
  Map<String, PartState> keepOnly(List<Part> parts, Console console) throws InterruptedException {
    Map<String, String> wanted = new HashMap<>();
    parts.forEach(part -> wanted.put(part.name(), part.fingerprint()));
    Predicate<PartState> fits = left -> Objects.equals(wanted.get(left.name()), left.fingerprint());
    stop(fits.negate(), "left over with another configuration, ", console);
    Map<String, PartState> kept = new HashMap<>();
    alive.stream().filter(fits).forEach(part -> kept.put(part.name(), part));
    return kept;
  }

  /**
   * @throws StartFailed naming every port that somebody listens on, and who
   */
  static void requireFreePorts(List<Part> parts) throws StartFailed {
    List<String> taken = new ArrayList<>();
    for (Part part : parts) {
      for (int port : part.serves().ports()) {
        Listener.on(port)
            .ifPresent(
                owner ->
                    taken.add(
                        "port "
                            + port
                            + " of "
                            + part.name()
                            + " is taken by "
                            + owner.describe()));
      }
    }
    if (!taken.isEmpty()) {
      throw new StartFailed(
          String.join("\n", taken)
              + "\nStop what listens there, or choose other ports with --port-base.");
    }
  }

  private void stop(Predicate<PartState> which, String why, Console console)
      throws InterruptedException {
    for (PartState part : alive.reversed()) {
      if (which.test(part)) {
        ProcessId process = part.alive().orElse(null);
        if (process != null) {
          boolean orderly = ChildProcess.stop(process, part.stop());
          console.say(part.name(), why + (orderly ? "stopped" : "killed"));
        }
      }
    }
  }
}
