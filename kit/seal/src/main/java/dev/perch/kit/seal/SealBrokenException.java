package dev.perch.kit.seal;

/**
 * What was kept is not what was sealed, or was sealed for another row. It never says what it is.
 */
public final class SealBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SealBrokenException(Binding binding) {
    super("the seal is broken: " + binding);
  }
}
