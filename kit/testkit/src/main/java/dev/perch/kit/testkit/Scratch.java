package dev.perch.kit.testkit;

import dev.perch.kit.embedded.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders that last as long as the JVM. */
final class Scratch {
  private Scratch() {}

  static Path folder() {
    try {
      return Files.createTempDirectory("perch-test-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When the JVM ends: stops the server first, then deletes the folder it worked in. */
  static void deleteAtExit(Path folder, Runnable stop) {
    Thread end =
        new Thread(
            () -> {
              stop.run();
              Folders.delete(folder);
            },
            "delete-" + folder.getFileName());
    Runtime.getRuntime().addShutdownHook(end);
  }
}
