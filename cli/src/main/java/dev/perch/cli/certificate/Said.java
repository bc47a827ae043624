package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Puts what was said into a body, and leaves out what was not. */
final class Said {
  private Said() {}

  static void text(ObjectNode body, String field, @Nullable String text) {
    if (text != null) {
      body.put(field, text);
    }
  }

  static void file(ObjectNode body, String field, @Nullable Path file) throws Failure {
    if (file != null) {
      body.put(field, read(file));
    }
  }

  /** Secrets come from files: what stands on a command line is seen by everybody. */
  static void secret(ObjectNode body, String field, @Nullable Path file) throws Failure {
    if (file != null) {
      body.withObject("/credentials").put(field, read(file).strip());
    }
  }

  private static String read(Path file) throws Failure {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new Failure(ExitCode.BAD_INPUT, "cannot read " + file);
    }
  }
}
