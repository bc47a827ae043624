package dev.perch.launcher.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who listens on a TCP port of this machine, as {@code /proc} tells it.
 *
 * @param pid empty if the process belongs to another user and may not be looked at
 */
public record Listener(int port, long uid, Optional<Long> pid) {
  private static final Path PROC = Path.of("/proc");
  private static final List<Path> TABLES =
      List.of(PROC.resolve("net").resolve("tcp"), PROC.resolve("net").resolve("tcp6"));
  private static final String LISTEN = "0A";
  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final int USER = 7;
  private static final int INODE = 9;

  /** The listener of a port, on whatever address. */
  public static Optional<Listener> on(int port) {
    String suffix = ":%04X".formatted(port);
    return TABLES.stream()
        .flatMap(table -> listening(table).stream())
        .filter(fields -> fields[LOCAL].endsWith(suffix))
        .findFirst()
        .map(
            fields ->
                new Listener(
                    port, Long.parseLong(fields[USER]), holder("socket:[" + fields[INODE] + "]")));
  }

  /** Every TCP port that somebody listens on. */
  public static Set<Integer> ports() {
    return TABLES.stream()
        .flatMap(table -> listening(table).stream())
        .map(fields -> fields[LOCAL])
        .map(address -> Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16))
        .collect(Collectors.toSet());
  }

  /** For a message: the process with its command line as far as it may be seen. */
  public String describe() {
    return pid.map(id -> "process " + id + " (" + commandLine(id) + ")")
        .orElse("a process of the user with id " + uid);
  }

  /** The fields of each listening socket in {@code /proc/net/tcp}, see proc_net(5). */
  private static List<String[]> listening(Path table) {
    try (Stream<String> lines = Files.lines(table)) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(fields -> fields[STATE].equals(LISTEN))
          .toList();
    } catch (IOException | UncheckedIOException noSuchTable) {
      return List.of();
    }
  }

  private static Optional<Long> holder(String socket) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process.resolve("fd"), socket)) {
          return Optional.of(Long.parseLong(process.getFileName().toString()));
        }
      }
    } catch (IOException unreadable) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean holds(Path descriptors, String socket) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
      for (Path descriptor : open) {
        if (leadsTo(descriptor, socket)) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException goneOrForbidden) {
      return false;
    }
    return false;
  }

  private static boolean leadsTo(Path descriptor, String socket) {
    try {
      return Files.readSymbolicLink(descriptor).toString().equals(socket);
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  private static String commandLine(long pid) {
    try {
      String line =
          Files.readString(PROC.resolve(Long.toString(pid)).resolve("cmdline"))
              .replace('\0', ' ')
              .strip();
      return line.length() <= 80 ? line : line.substring(0, 77) + "...";
    } catch (IOException gone) {
      return "gone by now";
    }
  }
}
