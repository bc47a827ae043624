package dev.perch.bench;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Kafka's clients tell how they are configured; here only their troubles are of interest. */
public final class Quiet {
  // The log manager holds loggers weakly: one that nobody holds forgets its level.
  private static final Logger ROOT = Logger.getLogger("");

  private Quiet() {}

  public static void start() {
    ROOT.setLevel(Level.WARNING);
  }
}
