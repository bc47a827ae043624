package dev.perch.launcher.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a JVM really uses the AOT cache it was told to. A cache that does not fit (other jar, JDK
 * or flags) is ignored in silence; one that is used is mapped into the process.
 */
public final class AotUse {
  private AotUse() {}

  public static boolean of(ProcessId process, Path cache) {
    try {
      return Files.readString(
              Path.of("/proc", Long.toString(process.pid()), "maps"), StandardCharsets.ISO_8859_1)
          .contains(cache.toString());
    } catch (IOException gone) {
      return false;
    }
  }
}
