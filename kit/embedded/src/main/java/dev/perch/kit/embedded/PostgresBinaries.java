package dev.perch.kit.embedded;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs, unpacked from the class path into the user's cache folder under the hash
 * of the archive. The folder appears whole or not at all, whoever else unpacks at the same time.
 *
 * @param home the folder with {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path home) {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  /** The programs in the user's cache folder ({@code $XDG_CACHE_HOME} or {@code ~/.cache}). */
  static PostgresBinaries unpacked() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return unpackedIn(base.resolve("perch"));
  }

  static PostgresBinaries unpackedIn(Path cache) {
    try {
      Path home = cache.resolve("postgres-" + hash());
      if (!Files.isDirectory(home)) {
        unpack(cache, home);
      }
      return new PostgresBinaries(home);
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL could not be unpacked into " + cache, e);
    }
  }

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  private static void unpack(Path cache, Path home) throws IOException {
    Files.createDirectories(cache);
    Path partial = Files.createTempDirectory(cache, "unpacking-");
    try {
      try (InputStream xz = new XZCompressorInputStream(new BufferedInputStream(archive()));
          TarArchiveInputStream tar = new TarArchiveInputStream(xz)) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          write(tar, entry, partial);
        }
      }
      Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(home)) {
        throw e;
      }
      // Another process was faster; its folder is as good as ours.
    } finally {
      Folders.delete(partial);
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    Path target = entry.resolveIn(folder);
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, target);
      Files.setPosixFilePermissions(target, permissions(entry));
    }
  }

  private static Set<PosixFilePermission> permissions(TarArchiveEntry entry) {
    Set<PosixFilePermission> permissions =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);
    if ((entry.getMode() & 0100) != 0) {
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      permissions.add(PosixFilePermission.GROUP_EXECUTE);
      permissions.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    return permissions;
  }

  private static String hash() throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    try (InputStream in = new DigestInputStream(archive(), digest)) {
      long size = in.transferTo(OutputStream.nullOutputStream());
      if (size == 0) {
        throw new IOException(ARCHIVE + " is empty");
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }
  }

  private static InputStream archive() throws IOException {
    InputStream in = PostgresBinaries.class.getResourceAsStream(ARCHIVE);
    if (in == null) {
      throw new FileNotFoundException(ARCHIVE + " is not on the class path");
    }
    return in;
  }
}
