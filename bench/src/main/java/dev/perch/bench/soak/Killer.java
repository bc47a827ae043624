package dev.perch.bench.soak;

import dev.perch.bench.stack.Stack;
import dev.perch.launcher.process.Part;
import dev.perch.launcher.process.ProcessId;
import dev.perch.launcher.process.StackState.PartState;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Kills one process after the other with SIGKILL and waits until the launcher has it back and the
 * clients get answers again.
 */
final class Killer {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ENOUGH_ANSWERS = 20;
  private static final int LONGEST_PAUSE_MILLIS = 2_000;

  private final Stack stack;
  private final LongSupplier answers;
  private final Random random = new Random(1);

  /**
   * @param answers how many the clients have had
   */
  Killer(Stack stack, LongSupplier answers) {
    this.stack = stack;
    this.answers = answers;
  }

  /**
   * @param back how long until it was ready again
   */
  record Kill(String victim, Duration back) {}

  /**
   * Each kind of process gets its turn, at a moment nobody chose.
   *
   * @throws TimeoutException if it does not come back, or the clients get no answers
   */
  Kill next(int number) throws InterruptedException, TimeoutException {
    Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
    List<PartState> victims =
        stack.parts().stream().filter(part -> part.kind() != Part.Kind.IDENTITY).toList();
    PartState victim = victims.get(number % victims.size());
    ProcessId process =
        victim.alive().orElseThrow(() -> new IllegalStateException(victim.name() + " is dead"));
    long start = System.nanoTime();
    if (!ProcessHandle.of(process.pid()).map(ProcessHandle::destroyForcibly).orElse(false)) {
      throw new IllegalStateException(victim.name() + " cannot be killed");
    }
    await(() -> isBack(victim.name(), process), victim.name() + " did not come back");
    Duration back = Duration.ofNanos(System.nanoTime() - start);
    long enough = answers.getAsLong() + ENOUGH_ANSWERS;
    await(() -> answers.getAsLong() >= enough, "the clients get no answers");
    return new Kill(victim.name(), back);
  }

  private boolean isBack(String name, ProcessId killed) {
    PartState now = stack.part(name);
    return Stack.isReady(now) && !killed.equals(now.process());
  }

  /** A condition that is looked at again and again. */
  @FunctionalInterface
  private interface Condition {
    boolean isMet();
  }

  private static void await(Condition condition, String otherwise)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.isMet()) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(otherwise + " within " + PATIENCE);
      }
      Thread.sleep(50);
    }
  }
}
