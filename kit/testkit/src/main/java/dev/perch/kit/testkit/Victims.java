package dev.perch.kit.testkit;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * The victims of a test: none outlives it, and if it fails, what they said goes with the failure.
 *
 * <pre>{@code
 * @RegisterExtension final Victims victims = new Victims();
 *
 * Victim relay = victims.start(Victim.of(RelayMain.class).killedAt(Relay.class, "acknowledged", 3));
 * relay.awaitHalt();
 * }</pre>
 */
public final class Victims implements AfterEachCallback, TestExecutionExceptionHandler {
  private final List<Victim> started = new ArrayList<>();

  public Victim start(VictimSettings settings) {
    Victim victim = Victim.start(settings);
    started.add(victim);
    return victim;
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    fail(failure);
  }

  void fail(Throwable failure) throws Throwable {
    for (Victim victim : started) {
      failure.addSuppressed(new Output(victim));
    }
    throw failure;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    started.forEach(Victim::close);
    started.clear();
  }

  /** What a victim said, as part of the failure of its test. */
  private static final class Output extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Output(Victim victim) {
      super("output of victim " + victim.pid() + ":\n" + victim.output(), null, false, false);
    }
  }
}
