package dev.perch.agent.machine;

import java.util.Optional;

/** Numbers in the text of files and tools. */
public final class Numbers {
  private Numbers() {}

  /** Empty if the text is no whole decimal number. */
  public static Optional<Long> whole(String text) {
    try {
      return Optional.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The whole part of a decimal number that is not negative; empty if the text is none. */
  public static Optional<Integer> rounded(String text) {
    try {
      double value = Double.parseDouble(text.strip());
      return value >= 0 && value <= Integer.MAX_VALUE
          ? Optional.of((int) Math.round(value))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
