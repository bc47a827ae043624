package dev.perch.kit.seal;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Key-encryption keys by version. The highest seals; each of them opens what it sealed. */
final class KeyRing {
  static final int KEY_BYTES = 32;

  private final NavigableMap<Integer, SecretKey> keys = new TreeMap<>();

  /**
   * @param keys AES-256 keys by version, one at least; versions are positive
   */
  KeyRing(Map<Integer, byte[]> keys) {
    keys.forEach(
        (version, key) -> {
          if (version < 1 || key.length != KEY_BYTES) {
            throw new IllegalArgumentException("key " + version + " of " + key.length + " bytes");
          }
          this.keys.put(version, new SecretKeySpec(key, "AES"));
        });
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no keys");
    }
  }

  int newest() {
    return keys.lastKey();
  }

  boolean has(int version) {
    return keys.containsKey(version);
  }

  /**
   * @throws UnknownKeyException if there is none of the version
   */
  SecretKey key(int version) {
    SecretKey key = keys.get(version);
    if (key == null) {
      throw new UnknownKeyException(version);
    }
    return key;
  }

  /** Whether another ring says something else of a version that both know. */
  boolean contradicts(KeyRing other) {
    return keys.entrySet().stream()
        .anyMatch(
            key ->
                other.has(key.getKey())
                    && !Arrays.equals(
                        key.getValue().getEncoded(), other.key(key.getKey()).getEncoded()));
  }
}
