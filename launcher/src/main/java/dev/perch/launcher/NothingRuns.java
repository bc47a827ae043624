package dev.perch.launcher;

import dev.perch.launcher.stack.Folders;

/** A command that needs a running Perch found none. */
final class NothingRuns extends RuntimeException {
  private static final long serialVersionUID = 1;

  NothingRuns(Folders folders) {
    super("nothing runs in " + folders.state() + ". Start it: ./perch up");
  }
}
