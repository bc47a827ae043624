package dev.perch.tsn.plan.format;

/**
 * One thing that is wrong with a file.
 *
 * @param file as it was named
 * @param line from 1; 0 if it is about the file as a whole
 * @param field a column, or a JSON pointer
 * @param found what stands there
 * @param remedy what should
 */
public record InputFault(String file, int line, String field, String found, String remedy) {
  @Override
  public String toString() {
    return "%s:%d: %s: found %s; %s".formatted(file, line, field, found, remedy);
  }
}
