package dev.perch.kit.seal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The file with the key-encryption keys: a line {@code <version> <32 bytes in Base64>} for each,
 * lines that begin with {@code #} aside. Only its owner may read it; a group may, where secrets are
 * mounted for one.
 */
public final class KeyFile {
  private static final Set<PosixFilePermission> NOT_FOR =
      Set.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Path file;

  public KeyFile(Path file) {
    this.file = file;
  }

  /**
   * @throws KeyFileException if it is not there, is open to others, or is no key file
   */
  KeyRing read() {
    try {
      // Kubernetes mounts secrets as links to a folder of the current version.
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file.toRealPath());
      if (permissions.stream().anyMatch(NOT_FOR::contains)) {
        throw new KeyFileException(file, "others may read or write it; chmod 600");
      }
      Map<Integer, byte[]> keys = new HashMap<>();
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          read(line, keys);
        }
      }
      return new KeyRing(keys);
    } catch (NoSuchFileException e) {
      throw new KeyFileException(file, "there is no such file");
    } catch (IOException e) {
      throw new KeyFileException(file, "it cannot be read: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      // Its message is not passed on: it may quote a key.
      throw new KeyFileException(file, "a line is not '<version> <32 bytes in Base64>'");
    }
  }

  private void read(String line, Map<Integer, byte[]> keys) {
    String[] parts = line.strip().split("\\s+");
    if (parts.length != 2) {
      throw new IllegalArgumentException();
    }
    int version = Integer.parseInt(parts[0]);
    if (keys.put(version, Base64.getDecoder().decode(parts[1])) != null) {
      throw new KeyFileException(file, "version " + version + " is there twice");
    }
  }

  /**
   * Makes the file with one new key unless it is there.
   *
   * @throws IOException if it cannot be written
   */
  public void createIfAbsent() throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, line(1));
    } catch (FileAlreadyExistsException e) {
      // It stays as it is: what was sealed under its keys would be lost.
    }
  }

  /**
   * Adds a new key with the next version, under which everything is sealed from then on.
   *
   * @return its version
   * @throws IOException if it cannot be written
   */
  public int add() throws IOException {
    int next = read().newest() + 1;
    Files.writeString(file, line(next), StandardOpenOption.APPEND);
    return next;
  }

  private static String line(int version) {
    byte[] key = new byte[KeyRing.KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return version + " " + Base64.getEncoder().encodeToString(key) + "\n";
  }
}
