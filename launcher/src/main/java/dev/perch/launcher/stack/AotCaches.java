package dev.perch.launcher.stack;

import dev.perch.launcher.process.Part;
import dev.perch.launcher.process.StopSignal;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * AOT caches (JEP 483, 514, 515): what a JVM learned in one run, loaded at the start of the next. A
 * cache that does not fit is ignored by the JVM in silence, so its file is named after everything
 * it depends on.
 */
record AotCaches(Path folder, Mode mode) {
  private static final String UNFINISHED = ".recording";

  /** What is done about caches. */
  enum Mode {
    OFF,
    /** Use those that are there. */
    USE,
    /** The same, and one that is missing is made when its program ends. */
    RECORD;

    /** A JVM that records writes its cache before it ends, and that takes its time. */
    Part.Stop stop() {
      return this == RECORD
          ? new Part.Stop(StopSignal.TERM, Duration.ofMinutes(5))
          : Part.Stop.TERMINATE;
    }
  }

  List<String> flags(JavaProgram program) {
    if (mode == Mode.RECORD && isMissing(program)) {
      return List.of("-XX:AOTCacheOutput=" + file(program) + UNFINISHED);
    }
    return used(program).map(cache -> List.of("-XX:AOTCache=" + cache)).orElse(List.of());
  }

  /** The cache the program is told to use. */
  Optional<Path> used(JavaProgram program) {
    return mode == Mode.OFF ? Optional.empty() : Optional.of(file(program)).filter(Files::exists);
  }

  boolean isMissing(JavaProgram program) {
    return !Files.exists(file(program));
  }

  /**
   * Puts the recorded cache in its place and deletes those of earlier builds.
   *
   * @return whether there was one
   */
  boolean adopt(JavaProgram program) throws IOException {
    Path recorded = Path.of(file(program) + UNFINISHED);
    if (!Files.exists(recorded)) {
      return false;
    }
    try (DirectoryStream<Path> older =
        Files.newDirectoryStream(folder, program.name() + "-*.aot")) {
      for (Path cache : older) {
        Files.delete(cache);
      }
    }
    Files.move(recorded, file(program), StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  /** Deletes what an interrupted recording left. */
  void discardUnfinished() throws IOException {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> unfinished =
          Files.newDirectoryStream(folder, "*" + UNFINISHED + "*")) {
        for (Path file : unfinished) {
          Files.delete(file);
        }
      }
    }
  }

  private Path file(JavaProgram program) {
    return folder.resolve(program.name() + "-" + program.stamp() + ".aot");
  }
}
