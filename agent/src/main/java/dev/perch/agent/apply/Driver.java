package dev.perch.agent.apply;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies documents of one kind. A driver may be stopped between any two lines and asked again: it
 * starts from what it finds on the host, not from what it remembers having done.
 */
public interface Driver {

  /** As documents name it. */
  String name();

  /**
   * What would have to be done, and everything that speaks against it. Changes nothing.
   *
   * @throws IOException if the host cannot be looked at; it is tried again
   */
  Plan plan(Document document) throws IOException;

  /**
   * A document is in force and proven, and no older one of its aspect will be asked for again: what
   * only those needed may go. Called each time that is found.
   *
   * @throws IOException if that is not possible now; it is tried again
   */
  default void settled(Document document) throws IOException {}

  /**
   * Takes back what was applied for an aspect. Does nothing if nothing was.
   *
   * @throws IOException if that is not possible now; it is tried again
   */
  void withdraw(String aspect) throws IOException;

  /** What is to be done for one document. Used once. */
  interface Plan {

    /** All of them; nothing may be applied unless there are none. */
    List<Violation> violations();

    /** What differs from what is wanted, for people; null if nothing does. */
    @Nullable String difference() throws IOException;

    /**
     * Makes the host what is wanted, or leaves it as it was.
     *
     * @throws Failed if it could not be done, and what there was is in force again
     * @throws IOException if it could not be done; it is tried again
     */
    void apply() throws Failed, IOException;

    /** What is on the host now. */
    ReadBack readBack() throws IOException;
  }

  /**
   * What a driver found on the host.
   *
   * @param verified whether it is what is wanted; null if that cannot be told yet
   * @param reason CamelCase, for programs: {@code ReadBack}, {@code Differs}
   * @param message why not, for people
   * @param seen its shape belongs to the aspect
   * @param again when to look the next time; null for whenever it is its turn
   */
  record ReadBack(
      @Nullable Boolean verified,
      String reason,
      String message,
      JsonNode seen,
      @Nullable Duration again) {

    public static ReadBack asWanted(JsonNode seen) {
      return new ReadBack(true, "ReadBack", "", seen, null);
    }

    public static ReadBack differs(String message, JsonNode seen) {
      return new ReadBack(false, "Differs", message, seen, null);
    }

    /** It depends on something that will make itself heard. */
    public static ReadBack cannotTell(String message, JsonNode seen) {
      return new ReadBack(null, "Differs", message, seen, null);
    }
  }

  /** An attempt that was undone. */
  final class Failed extends Exception {
    private static final long serialVersionUID = 1;
    private final String reason;

    /**
     * @param reason CamelCase, for programs: {@code ReloadFailed}
     */
    public Failed(String reason, String message) {
      super(message, null, false, false);
      this.reason = reason;
    }

    public String reason() {
      return reason;
    }
  }
}
