package dev.perch.launcher.stack;

import dev.perch.launcher.process.StartFailed;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a short-lived program to its end. */
final class Shell {
  private Shell() {}

  /**
   * @param log where its output goes
   * @throws StartFailed with its output if it fails
   */
  static void run(List<String> command, Path folder, Map<String, String> environment, Path log)
      throws IOException, InterruptedException, StartFailed {
    Files.createDirectories(log.getParent());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (process.waitFor() != 0) {
        throw new StartFailed(
            String.join(" ", command) + " failed:\n" + Files.readString(log).strip());
      }
    } finally {
      process.destroy();
    }
  }
}
