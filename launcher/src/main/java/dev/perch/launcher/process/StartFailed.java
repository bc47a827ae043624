package dev.perch.launcher.process;

/** Something could not start; the message says what, why and what to do. */
public final class StartFailed extends Exception {
  private static final long serialVersionUID = 1;

  public StartFailed(String message) {
    super(message);
  }
}
