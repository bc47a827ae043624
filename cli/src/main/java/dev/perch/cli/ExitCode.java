package dev.perch.cli;

/** What programs that call a command can tell from how it ends. */
public final class ExitCode {
  /** Done, nothing to complain of. */
  public static final int DONE = 0;

  /** Failed: a fault of Perch, or an operation that was begun and did not succeed. */
  public static final int FAILED = 1;

  /** Wrong use, or bad input. */
  public static final int BAD_INPUT = 2;

  /** Done, but not everything that was asked for is possible or right. */
  public static final int NOT_ALL = 3;

  /** Refused: what was asked for is well said, but not possible as things stand. */
  public static final int REFUSED = NOT_ALL;

  /** What was named is not there. */
  public static final int NOT_FOUND = 4;

  /** A service, or what it stands on, cannot be reached now. */
  public static final int NOT_REACHABLE = 5;

  /** Not signed in, or signed in as somebody who may not. */
  public static final int NOT_ALLOWED = 6;

  private ExitCode() {}
}
