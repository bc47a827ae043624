package dev.perch.launcher.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The log files of the parts, one per part, appended to over restarts. */
final class Logs {
  private static final long ROTATE_AT = 32 << 20;

  private Logs() {}

  /** Makes room for another start: an overlong log becomes {@code NAME.log.1}. */
  static void prepare(Path log) throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    if (Files.exists(log) && Files.size(log) > ROTATE_AT) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The last lines of a log, for an error message. */
  static String end(Path log) {
    try {
      // Parts write UTF-8, but a crash may leave anything.
      List<String> lines = Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
    } catch (IOException none) {
      return "(no log)";
    }
  }
}
