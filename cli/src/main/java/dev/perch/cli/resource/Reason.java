package dev.perch.cli.resource;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Why a change is made. */
public final class Reason {
  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; kept in the timeline and told in the event.")
  private @Nullable String text;

  /** Null if none was given. */
  public @Nullable String text() {
    return text;
  }
}
