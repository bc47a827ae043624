package dev.perch.cli.output;

/** How results are printed; the words of {@code -o}. */
public enum Format {
  /** For people. */
  table,
  /** What REST answered. */
  json,
  yaml
}
