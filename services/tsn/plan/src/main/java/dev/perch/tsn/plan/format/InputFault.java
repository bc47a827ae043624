package dev.perch.tsn.plan.format;

/**
 * One thing that is wrong with a file.
 *
 * @param file as it was named
 * @param line from 1; 0 if it is about the file as a whole
 * @param field a column, or a JSON pointer; blank if it is about no single one
 * @param found what stands there
 * @param remedy what should
 */
public record InputFault(String file, int line, String field, String found, String remedy) {
  @Override
  public String toString() {
    String where = line == 0 ? file : file + ":" + line;
    return where + ": " + (field.isBlank() ? "" : field + ": ") + "found " + found + "; " + remedy;
  }
}
