package dev.perch.launcher.stack;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where things lie.
 *
 * @param checkout the project's root, where the built packages are
 * @param state everything the launcher writes, {@code .perch} in the checkout by default
 */
public record Folders(Path checkout, Path state) {
  public Folders {
    checkout = checkout.toAbsolutePath().normalize();
    state = state.toAbsolutePath().normalize();
  }

  public Path logs() {
    return state.resolve("logs");
  }

  public Path log(String part) {
    return logs().resolve(part + ".log");
  }

  public Path data(String part) {
    return state.resolve("data").resolve(part);
  }

  /** AOT caches; they hold no data and are kept by {@code --fresh}. */
  public Path aot() {
    return state.resolve("aot");
  }

  /** The folders of the short-lived stack that the AOT caches are made with. */
  public Folders training() {
    return new Folders(checkout, state.resolve("training"));
  }

  /** Makes the state folder; nobody else may look into it, for it holds secrets and data. */
  public void create() throws IOException {
    Files.createDirectories(
        state, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.createDirectories(logs());
    Files.createDirectories(state.resolve("data"));
  }

  /** Deletes data, credentials and logs. */
  public void deleteData() throws IOException {
    for (String name : List.of("data", "credentials.json", "logs", "training")) {
      delete(state.resolve(name));
    }
  }

  /** Deletes a folder and what is in it, links but not what they lead to. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** The user's cache folder for what is the same in every checkout. */
  static Path userCache() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("perch");
  }
}
