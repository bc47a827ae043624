package dev.perch.cli;

/** What programs that call a command can tell from how it ends. */
public final class ExitCode {
  /** Done, nothing to complain of. */
  public static final int DONE = 0;

  /** Failed: not the caller's fault. */
  public static final int FAILED = 1;

  /** Wrong use, or bad input. */
  public static final int BAD_INPUT = 2;

  /** Done, but not everything that was asked for is possible or right. */
  public static final int NOT_ALL = 3;

  private ExitCode() {}
}
