package dev.perch.launcher.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The key that seals the secrets of a trial's services. It lies beside their data and goes with it,
 * as it must never do elsewhere.
 */
final class SealKeys {
  private static final int KEY_BYTES = 32;

  private SealKeys() {}

  /** Makes the file with one key, unless it is there. */
  static Path in(Folders folders) throws IOException {
    Path folder = folders.data("seal");
    Path file = folder.resolve("seal.keys");
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      byte[] key = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(key);
      Path fresh = folder.resolve("seal.keys.new");
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, "1 " + Base64.getEncoder().encodeToString(key) + "\n");
      Files.move(fresh, file);
    }
    return file;
  }
}
