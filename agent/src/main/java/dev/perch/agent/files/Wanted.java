package dev.perch.agent.files;

import dev.perch.agent.keys.KeyStore;
import dev.perch.agent.keys.SigningRequest;
import dev.perch.contract.certmon.KeyAlgorithm;
import dev.perch.kit.served.Endpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A checked file set.
 *
 * @param files by path
 * @param keys of files and requests, each once
 */
record Wanted(List<File> files, List<Key> keys, @Nullable Probe probe) {

  Wanted {
    files = List.copyOf(files);
    keys = List.copyOf(keys);
  }

  /**
   * @param content null if it is a key of the host
   * @param key the key's name; null if it is none
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record File(
      String path,
      byte @Nullable [] content,
      @Nullable String key,
      String owner,
      String group,
      Set<PosixFilePermission> permissions) {

    String mode() {
      return PosixFilePermissions.toString(permissions);
    }
  }

  /**
   * @param algorithm of the key that is made if there is none
   * @param spki of the only key it may be, which is never made; null for any
   */
  record Key(String name, KeyAlgorithm algorithm, SigningRequest request, @Nullable String spki) {

    /** Whether what a certificate was issued for is not there any more. */
    boolean isLost(KeyStore keys) {
      return spki != null
          && keys.find(name)
              .map(there -> hash(there.pair().getPublic().getEncoded()))
              .filter(spki::equals)
              .isEmpty();
    }
  }

  /**
   * @param sha256 lower case
   */
  record Probe(Endpoint endpoint, String sha256) {}

  Set<String> keyNames() {
    return keys.stream().map(Key::name).collect(Collectors.toSet());
  }

  /**
   * The keys that are not there any more, by name. What is in place was made with them, and no key
   * that is here could take their part.
   */
  List<String> lost(KeyStore store) {
    return keys.stream().filter(key -> key.isLost(store)).map(Key::name).toList();
  }

  /** Equal sets have equal names: the first 16 hexadecimal digits of a hash of all that counts. */
  String version() {
    MessageDigest digest = sha256();
    for (File file : files) {
      String content = file.content() == null ? "key " + file.key() : hash(file.content());
      String line =
          String.join("\0", file.path(), content, file.owner(), file.group(), file.mode(), "\n");
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
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
