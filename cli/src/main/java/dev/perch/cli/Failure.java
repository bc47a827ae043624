package dev.perch.cli;

import java.util.List;
import java.util.stream.Stream;

/** Why a command did not do what it was told, in words for people, and the code it ends with. */
public class Failure extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;
  private final transient List<String> more;

  /**
   * @param exitCode of {@link ExitCode}
   * @param message what is wrong, in a sentence
   * @param more lines below it: each violation, what to do
   */
  public Failure(int exitCode, String message, String... more) {
    this(exitCode, message, List.of(more));
  }

  public Failure(int exitCode, String message, List<String> more) {
    super(message);
    this.exitCode = exitCode;
    this.more = List.copyOf(more);
  }

  public int exitCode() {
    return exitCode;
  }

  /** Everything there is to say; the first line is the message. */
  public List<String> lines() {
    return Stream.concat(Stream.of(String.valueOf(getMessage())), more.stream()).toList();
  }
}
