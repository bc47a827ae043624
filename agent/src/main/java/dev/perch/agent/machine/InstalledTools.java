package dev.perch.agent.machine;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The tools that are installed, looked up in the system's own folders: the caller's {@code PATH} is
 * not asked. One that hangs is killed.
 */
public final class InstalledTools implements Tools {
  private static final List<Path> FOLDERS =
      List.of(
          Path.of("/usr/sbin"),
          Path.of("/usr/bin"),
          Path.of("/sbin"),
          Path.of("/bin"),
          Path.of("/usr/local/sbin"),
          Path.of("/usr/local/bin"));
  private static final Map<String, String> ENVIRONMENT =
      Map.of("LC_ALL", "C", "PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
  private static final int MOST = 4 << 20;

  private final Duration patience;

  public InstalledTools(Duration patience) {
    this.patience = patience;
  }

  @Override
  public String run(List<String> command) throws Unavailable {
    String name = command.getFirst();
    Path program =
        find(name)
            .orElseThrow(() -> new Unavailable(name + " is not installed, or may not be run"));
    List<String> resolved = new ArrayList<>(command);
    resolved.set(0, program.toString());
    try {
      ProcessBuilder builder =
          new ProcessBuilder(resolved)
              .redirectError(Redirect.DISCARD)
              .redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
      builder.environment().clear();
      builder.environment().putAll(ENVIRONMENT);
      return output(name, builder.start());
    } catch (IOException e) {
      throw new Unavailable(name + " cannot be run: " + e.getMessage());
    }
  }

  static Optional<Path> find(String name) {
    return FOLDERS.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private String output(String name, Process process) throws IOException, Unavailable {
    // Its end closes the pipe that is read below.
    Thread watchdog = Thread.ofVirtual().name("watchdog").start(() -> killWhenLate(process));
    try (InputStream out = process.getInputStream()) {
      byte[] bytes = out.readNBytes(MOST + 1);
      if (bytes.length > MOST) {
        throw new Unavailable(name + " says more than " + MOST + " bytes");
      }
      int status = process.waitFor();
      if (status != 0) {
        throw new Unavailable(name + " failed with status " + status);
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable(name + " was interrupted");
    } finally {
      process.destroyForcibly();
      watchdog.interrupt();
    }
  }

  private void killWhenLate(Process process) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      // It ended in time.
      Thread.currentThread().interrupt();
    }
  }
}
