package dev.perch.launcher.process;

import dev.perch.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The file that holds the {@link StackState} of a folder, and the lock that makes its launcher the
 * only one. A reader sees the whole old or the whole new state.
 */
public final class StateFile {
  private final Path folder;

  public StateFile(Path folder) {
    this.folder = folder;
  }

  /** The last written state, of a launcher that may be long dead. */
  public Optional<StackState> read() {
    try {
      return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file()), StackState.class));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file(), e);
    }
  }

  /** The state, if the launcher that wrote it is alive. */
  public Optional<StackState> readRunning() {
    return read().filter(state -> state.launcher().isAlive());
  }

  void write(StackState state) {
    Path fresh = folder.resolve("state.json.new");
    try {
      Files.write(fresh, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(state));
      Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file(), e);
    }
  }

  /** Forgets everything: nothing runs any more. */
  public void delete() {
    try {
      Files.deleteIfExists(file());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file(), e);
    }
  }

  /**
   * Claims the folder until this JVM ends, however it ends. The lock file holds its pid and start
   * time, for {@code ./perch}.
   *
   * @return empty if another launcher has it
   */
  public Optional<FileLock> claim() throws IOException {
    Files.createDirectories(folder);
    FileChannel lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    Optional<FileLock> claimed = Optional.ofNullable(lock.tryLock());
    if (claimed.isEmpty()) {
      lock.close();
    } else {
      ProcessId own = ProcessId.own();
      String line = own.pid() + " " + own.startTicks() + "\n";
      lock.truncate(0).write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
    }
    return claimed;
  }

  private Path file() {
    return folder.resolve("state.json");
  }
}
