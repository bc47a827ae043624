package dev.perch.kit.seal;

import java.nio.file.Path;

/** The key file cannot be used; the message says why and never what is in it. */
public final class KeyFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  KeyFileException(Path file, String why) {
    super(file + ": " + why);
  }
}
