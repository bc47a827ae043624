package dev.perch.kit.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The server's data folder, and its log beside it. */
record PostgresData(Path folder) {

  /**
   * Whoever reaches an address the server listens on may try a password; from further away, and
   * without one, nobody.
   */
  private static final List<String> HOST_BASED_AUTHENTICATION =
      List.of(
          "# TYPE DATABASE USER ADDRESS METHOD",
          "host all all samenet scram-sha-256",
          "host replication all samenet scram-sha-256");

  private static final int PID_LINE = 0;
  private static final int STATUS_LINE = 7;

  Path log() {
    return folder.resolveSibling(folder.getFileName() + ".log");
  }

  /**
   * Runs {@code initdb} if the folder is new. The folder appears whole or not at all.
   *
   * @throws OtherMajorVersionException if another major version wrote it
   */
  void initialise(PostgresBinaries binaries, String password) {
    try {
      Path version = folder.resolve("PG_VERSION");
      if (Files.exists(version)) {
        requireVersion(Files.readString(version).strip(), majorVersion(binaries));
        return;
      }
      Files.createDirectories(folder.toAbsolutePath().getParent());
      Path partial = folder.resolveSibling(folder.getFileName() + ".new");
      Folders.delete(partial);
      initdb(binaries, partial, password);
      Files.write(partial.resolve("pg_hba.conf"), HOST_BASED_AUTHENTICATION);
      Files.move(partial, folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare " + folder, e);
    }
  }

  /** Reads the postmaster's own account of its state, as {@code pg_ctl} does. */
  boolean isServedBy(long pid) {
    try {
      List<String> lines = Files.readAllLines(folder.resolve("postmaster.pid"));
      return lines.size() > STATUS_LINE
          && lines.get(PID_LINE).strip().equals(Long.toString(pid))
          && lines.get(STATUS_LINE).strip().equals("ready");
    } catch (IOException notYet) {
      return false;
    }
  }

  String endOfLog() {
    try {
      List<String> lines = Files.readAllLines(log());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  private void requireVersion(String found, String ours) {
    if (!found.equals(ours)) {
      throw new OtherMajorVersionException(folder, found, ours);
    }
  }

  /** {@code postgres (PostgreSQL) 18.6} is major version 18. */
  private static String majorVersion(PostgresBinaries binaries) throws IOException {
    String version = run(PostgresCommand.version(binaries)).strip();
    return version.replaceFirst(".* (\\d+)\\D.*", "$1");
  }

  private static void initdb(PostgresBinaries binaries, Path data, String password)
      throws IOException {
    Path passwordFile =
        Files.createTempFile(
            "perch",
            ".pw",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(passwordFile, password);
      run(PostgresCommand.initdb(binaries, data, passwordFile));
    } finally {
      Files.delete(passwordFile);
    }
  }

  private static String run(PostgresCommand command) throws IOException {
    Process process = command.toProcess().redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(command.line() + " failed:\n" + output);
    }
    return output;
  }
}
