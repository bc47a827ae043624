package dev.perch.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the figures were taken on; without it they say little. */
public final class Machine {
  private Machine() {}

  /** Cores, memory, load and JDK, a line each. */
  public static Stream<String> describe() {
    return Stream.of(
        "cores  %d × %s"
            .formatted(
                Runtime.getRuntime().availableProcessors(), field("cpuinfo", "model name", "?")),
        "memory " + field("meminfo", "MemTotal", "?"),
        "load   " + read("loadavg").strip(),
        "kernel " + System.getProperty("os.version"),
        "JDK    " + Runtime.version() + " " + System.getProperty("java.vendor"));
  }

  private static String field(String file, String name, String other) {
    return read(file)
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(other);
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of("/proc", file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
