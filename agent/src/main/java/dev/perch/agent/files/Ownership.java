package dev.perch.agent.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Who may change a file. */
final class Ownership {
  private static final String ROOT = "root";

  private Ownership() {}

  /** Whether nobody but root and this process' user can change it. Links are not followed. */
  static boolean isOurs(Path path) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    String owner = attributes.owner().getName();
    Set<PosixFilePermission> permissions = attributes.permissions();
    return !attributes.isSymbolicLink()
        && (owner.equals(ROOT) || owner.equals(System.getProperty("user.name")))
        && !permissions.contains(PosixFilePermission.GROUP_WRITE)
        && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
  }

  static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }
}
