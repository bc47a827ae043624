package dev.perch.agent.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.perch.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of JSON values, one per file. Only its owner may look into it (0700, files 0600). A
 * write replaces a file whole or leaves it as it was, whenever the machine stops. Names are words:
 * letters, digits and dashes; two of them may be joined by a dot.
 */
public final class StateFolder {
  private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final String SUFFIX = ".json";

  private final Path folder;

  private StateFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * @throws UncheckedIOException if it cannot be made, or its permissions cannot be set
   */
  public static StateFolder at(Path folder) {
    try {
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
      Files.setPosixFilePermissions(folder, FOLDER);
      return new StateFolder(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the state folder " + folder + " cannot be used", e);
    }
  }

  /** A folder in it. */
  public StateFolder folder(String name) {
    return at(folder.resolve(checked(name)));
  }

  public Path path() {
    return folder;
  }

  /**
   * Keeps two agents from sharing a state.
   *
   * @return null if another agent holds it; else it is held until its channel is closed
   */
  public @Nullable FileLock lock() throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held in this very process.
    }
    if (lock == null) {
      channel.close();
    }
    return lock;
  }

  /**
   * @throws UncheckedIOException if the disk does not take it
   */
  public void write(String name, Object value) {
    Path file = file(name);
    Path fresh = folder.resolve("." + name + ".new");
    try {
      if (!Files.isDirectory(folder)) {
        // Somebody has deleted it under a running agent.
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
      }
      Files.deleteIfExists(fresh);
      Durable.create(fresh, Json.MAPPER.writeValueAsBytes(value), FILE);
      Durable.rename(fresh, file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Empty if there is none, or if it cannot be understood: then it is as if it were lost. */
  public <T> Optional<T> read(String name, Class<T> type) {
    Path file = file(name);
    try {
      return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), type));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      LOG.atError().addKeyValue("file", file).log("A damaged file of the state is ignored");
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  public void delete(String name) {
    try {
      if (Files.deleteIfExists(file(name))) {
        Durable.sync(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file(name), e);
    }
  }

  /** The names that were written, sorted. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[!.]*" + SUFFIX)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        names.add(name.substring(0, name.length() - SUFFIX.length()));
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
    names.sort(null);
    return names;
  }

  private Path file(String name) {
    return folder.resolve(checked(name) + SUFFIX);
  }

  private static String checked(String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9-]{0,62}(\\.[A-Za-z0-9-]{1,63})?")) {
      throw new IllegalArgumentException("not a name: " + name);
    }
    return name;
  }
}
