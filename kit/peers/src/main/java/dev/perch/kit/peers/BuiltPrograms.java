package dev.perch.kit.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The programs of one folder below {@code tools/}, built by {@code tools/build} or found where an
 * earlier build left them.
 *
 * @param folder where the programs are
 */
record BuiltPrograms(Path folder) {

  /**
   * The programs of {@code tools/<name>}. The first call on a machine builds them, which takes
   * minutes for the large ones; {@code ./perch verify} does it before any test runs.
   *
   * @throws IllegalStateException if they cannot be built; the message ends with the compiler's
   *     words
   */
  static BuiltPrograms of(String name) {
    try {
      Process build =
          new ProcessBuilder(script().toString(), name)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      String output = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (build.waitFor() != 0) {
        throw new IllegalStateException("tools/build " + name + " failed:\n" + output);
      }
      return new BuiltPrograms(Path.of(List.of(output.strip().split("\n")).getLast()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while building " + name, e);
    }
  }

  String program(String name) {
    return folder.resolve(name).toString();
  }

  /** Tests run in the folder of their module, somewhere below the script. */
  private static Path script() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path script = at.resolve("tools").resolve("build");
      if (Files.isExecutable(script)) {
        return script;
      }
    }
    throw new IllegalStateException("no tools/build above " + Path.of("").toAbsolutePath());
  }
}
