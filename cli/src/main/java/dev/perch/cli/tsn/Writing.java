package dev.perch.cli.tsn;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says why a result could not be written. */
final class Writing {
  private Writing() {}

  static String failed(String prefix, IOException failure) {
    return "cannot write " + prefix + ": " + why(failure);
  }

  private static String why(IOException failure) {
    return switch (failure) {
      case AccessDeniedException e -> e.getFile() + " may not be written";
      case FileAlreadyExistsException e -> e.getFile() + " is a file, no folder";
      case NoSuchFileException e -> e.getFile() + " cannot be made";
      case FileSystemException e when e.getReason() != null -> e.getFile() + ": " + e.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
