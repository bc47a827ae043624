package dev.perch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A file that nobody but its owner can read. Writing replaces it whole or not at all. */
public final class PrivateFile {
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path path;

  public PrivateFile(Path path) {
    this.path = path;
  }

  public Path path() {
    return path;
  }

  /**
   * What is in it; empty if it is not there.
   *
   * @throws Failure if others can read it
   */
  public Optional<byte[]> read() throws IOException, Failure {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      if (!OWNER.containsAll(permissions)) {
        throw new Failure(
            ExitCode.FAILED,
            path + " is open to others: " + PosixFilePermissions.toString(permissions),
            "  Close it: chmod 600 " + path,
            "  If others use this machine, sign out and in again: perch logout, perch login");
      }
      return Optional.of(Files.readAllBytes(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  public void write(byte[] content) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    // A temporary file is its owner's alone from the moment it exists.
    Path fresh = Files.createTempFile(folder, "." + path.getFileName(), ".new");
    try {
      Files.write(fresh, content);
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Whether it was there. */
  public boolean delete() throws IOException {
    return Files.deleteIfExists(path);
  }
}
