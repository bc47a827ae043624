package dev.perch.tsn.plan.lint;

/**
 * Where something was read.
 *
 * @param source the file
 * @param at {@code line 3} of a text, or the JSON pointer of a field
 * @param port the interface; empty if that could not be read
 */
public record Place(String source, String at, String port) {
  Place within(String more) {
    return new Place(source, at + more, port);
  }

  @Override
  public String toString() {
    return source + ": " + at + (port.isEmpty() ? "" : ": " + port);
  }
}
