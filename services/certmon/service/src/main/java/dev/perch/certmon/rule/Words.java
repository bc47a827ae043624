package dev.perch.certmon.rule;

import dev.perch.kit.web.input.Rule;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.UnaryOperator;

/** Rules for words that mean something in the world of certificates. */
public final class Words {
  private static final int LONGEST = 1000;

  private Words() {}

  /** ISO 8601 from days down: {@code P90D}, {@code PT36H}. */
  public static Rule<Duration> duration(Duration least, Duration most) {
    String remedy = "Use an ISO 8601 duration from " + least + " to " + most + ": P90D, PT36H.";
    return (node, at) -> {
      Duration duration = node.isTextual() ? parse(node.textValue()) : null;
      if (duration == null) {
        at.refuse("value.syntax", node, remedy);
        return null;
      }
      if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
        at.refuse("value.range", node, remedy);
        return null;
      }
      return duration;
    };
  }

  /**
   * Text that a parser takes.
   *
   * @param spelling gives the one spelling that compares equal, or throws an {@link
   *     IllegalArgumentException}
   */
  public static Rule<String> parsed(UnaryOperator<String> spelling, String remedy) {
    return (node, at) -> {
      try {
        if (node.isTextual() && node.textValue().length() <= LONGEST) {
          return spelling.apply(node.textValue());
        }
      } catch (IllegalArgumentException e) {
        // It is refused below, with what to do instead.
      }
      at.refuse("value.syntax", node, remedy);
      return null;
    };
  }

  private static @org.jspecify.annotations.Nullable Duration parse(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
