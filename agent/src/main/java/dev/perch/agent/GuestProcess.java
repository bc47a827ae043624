package dev.perch.agent;

import dev.perch.agent.kernel.KvmGuest;
import dev.perch.agent.machine.Unavailable;
import dev.perch.agent.probe.KvmProbe;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs {@link KvmGuest} in a small JVM of its own, with this one's class path. */
final class GuestProcess implements KvmProbe.Guest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Override
  public String run() throws Unavailable {
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx16m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  KvmGuest.class.getName())
              .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
              .redirectError(Redirect.DISCARD)
              .start();
      try {
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new Unavailable("it ran longer than " + PATIENCE.toSeconds() + " s");
        }
        // A line fits into the pipe, so it could end before anybody read it.
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new Unavailable(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted");
    }
  }
}
