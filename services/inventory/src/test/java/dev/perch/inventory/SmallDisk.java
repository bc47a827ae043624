package dev.perch.inventory;

import dev.perch.kit.embedded.Postgres;
import dev.perch.kit.embedded.PostgresSettings;
import dev.perch.kit.testkit.Database;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL on a disk of its own, which a test may fill. Mounting one takes root. */
public final class SmallDisk implements QuarkusTestResourceLifecycleManager {
  private static final String SIZE = "256m";

  private static @Nullable SmallDisk current;

  private final Platform platform = new Platform();
  private @Nullable Path disk;
  private @Nullable Postgres postgres;

  static SmallDisk get() {
    if (current == null) {
      throw new IllegalStateException("no application has it");
    }
    return current;
  }

  @Override
  public Map<String, String> start() {
    try {
      Path mounted = Files.createTempDirectory("perch-disk-");
      run("mount", "-t", "tmpfs", "-o", "size=" + SIZE + ",mode=700", "tmpfs", mounted.toString());
      disk = mounted;
      PostgresSettings settings =
          PostgresSettings.in(mounted.resolve("data"), PostgresSettings.newPassword())
              .with("shared_buffers", "32MB")
              .with("max_wal_size", "64MB");
      Postgres server = new Postgres(settings);
      postgres = server;
      server.start();
      current = this;
      Map<String, String> properties = new HashMap<>(platform.start());
      properties.putAll(
          new Database(
                  "127.0.0.1",
                  settings.port(),
                  "postgres",
                  PostgresSettings.SUPERUSER,
                  settings.password())
              .quarkusProperties());
      properties.put("perch.outbox.data-folder", settings.data().toString());
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes until this share of it is in use; 1 until nothing more can be written. */
  void fill(double share) throws IOException {
    byte[] block = new byte[64 << 10];
    FileStore store = Files.getFileStore(folder());
    try (OutputStream filler = Files.newOutputStream(folder().resolve("filler-" + share))) {
      while (1 - (double) store.getUsableSpace() / store.getTotalSpace() < share) {
        filler.write(block);
      }
    } catch (IOException full) {
      if (share < 1) {
        throw full;
      }
    }
  }

  /** Deletes what {@link #fill} wrote; a server that could not go on without space is started. */
  void empty() throws IOException {
    try (var files = Files.newDirectoryStream(folder(), "filler-*")) {
      for (Path filler : files) {
        Files.delete(filler);
      }
    }
    if (postgres != null && !postgres.isRunning()) {
      postgres.start();
    }
  }

  private Path folder() {
    if (disk == null) {
      throw new IllegalStateException("not mounted");
    }
    return disk;
  }

  @Override
  public void stop() {
    current = null;
    try {
      if (postgres != null) {
        postgres.close();
      }
      if (disk != null) {
        run("umount", disk.toString());
        Files.delete(disk);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    platform.stop();
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new AssertionError(
          "This test mounts a small disk, which takes root: "
              + String.join(" ", command)
              + ": "
              + output);
    }
  }
}
