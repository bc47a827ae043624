package dev.perch.agent.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checked file set.
 *
 * @param files by path
 */
record Wanted(List<File> files) {

  Wanted {
    files = List.copyOf(files);
  }

  /**
   * @param content null if it is a key of the host
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record File(
      String path,
      byte @Nullable [] content,
      FileSet.@Nullable Key key,
      String owner,
      String group,
      Set<PosixFilePermission> permissions) {

    String mode() {
      return PosixFilePermissions.toString(permissions);
    }
  }

  /** Equal sets have equal names: the first 16 hexadecimal digits of a hash of all that counts. */
  String version() {
    MessageDigest digest = sha256();
    for (File file : files) {
      String content = file.content() == null ? key(file) : hash(file.content());
      String line =
          String.join("\0", file.path(), content, file.owner(), file.group(), file.mode(), "\n");
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  private static String key(File file) {
    return file.key() == null ? "" : "key " + file.key().name();
  }

  static String hash(byte[] content) {
    return HexFormat.of().formatHex(sha256().digest(content));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
