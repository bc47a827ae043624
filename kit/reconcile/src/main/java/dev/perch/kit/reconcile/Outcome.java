package dev.perch.kit.reconcile;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of an attempt. If the key was woken meanwhile, it is due again at once. */
public sealed interface Outcome {

  /** Nothing is left to do; the row goes. */
  record Done() implements Outcome {}

  /** All is well; look again after this time. */
  record Again(Duration after) implements Outcome {}

  /** All is well; look again then, by the database's clock. */
  record At(Instant due) implements Outcome {}

  /**
   * Try again after the back-off of the class.
   *
   * @param message for people; never a secret
   * @param after for work that knows better than its class when to try again; null for the class's
   */
  record Failed(ErrorClass errorClass, String message, @Nullable Duration after)
      implements Outcome {
    private static final int LONGEST = 2000;

    public Failed {
      String storable = message.replace('\0', '\uFFFD');
      message = storable.length() <= LONGEST ? storable : storable.substring(0, LONGEST - 1) + "…";
    }

    public Failed(ErrorClass errorClass, String message) {
      this(errorClass, message, null);
    }

    /** What was thrown, in a line. */
    public static Failed of(Throwable thrown) {
      return new Failed(
          ErrorClass.of(thrown), thrown.getClass().getSimpleName() + ": " + thrown.getMessage());
    }
  }
}
