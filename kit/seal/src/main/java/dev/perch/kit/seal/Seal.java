package dev.perch.kit.seal;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets for the database and opens them again. Each has a data key of its own, and that is
 * sealed under the newest key-encryption key; a new version of those seals the data keys anew and
 * touches no secret. Threads may share it.
 */
public final class Seal {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final KeyFile file;
  private volatile KeyRing keys;

  /**
   * @throws KeyFileException if the file cannot be used
   */
  public Seal(KeyFile file) {
    this.file = file;
    keys = file.read();
  }

  /** The version under which secrets are sealed now. */
  public int version() {
    return keys.newest();
  }

  /**
   * Reads the key file again, for a version that was added.
   *
   * @throws KeyFileException if it cannot be used, or says something else of a version that was
   *     used; the keys stay as they were
   */
  public void reload() {
    KeyRing read = file.read();
    if (read.contradicts(keys)) {
      throw new IllegalStateException("the key file has another key for a version that is in use");
    }
    keys = read;
  }

  /**
   * @param secret left as it is; clear it when it is no longer needed
   */
  public byte[] seal(byte[] secret, Binding binding) {
    byte[] dataKey = new byte[KeyRing.KEY_BYTES];
    RANDOM.nextBytes(dataKey);
    try {
      byte[] box = AesGcm.encrypt(new SecretKeySpec(dataKey, "AES"), secret, binding.bytes());
      return wrap(dataKey, box, binding);
    } finally {
      Arrays.fill(dataKey, (byte) 0);
    }
  }

  /**
   * @return the secret; clear it when it is no longer needed
   * @throws SealBrokenException if it was changed, or sealed for another row
   * @throws UnknownKeyException if the file has not the key it was sealed under
   */
  public byte[] open(byte[] sealed, Binding binding) {
    Envelope envelope = envelope(sealed, binding);
    byte[] dataKey = unwrap(envelope, binding);
    try {
      return AesGcm.decrypt(new SecretKeySpec(dataKey, "AES"), envelope.box(), binding.bytes());
    } catch (AEADBadTagException e) {
      throw new SealBrokenException(binding);
    } finally {
      Arrays.fill(dataKey, (byte) 0);
    }
  }

  /**
   * The same secret under the newest version; the secret itself is not opened.
   *
   * @throws SealBrokenException if its key was changed, or sealed for another row
   * @throws UnknownKeyException if the file has not the key it was sealed under
   */
  public byte[] reseal(byte[] sealed, Binding binding) {
    Envelope envelope = envelope(sealed, binding);
    byte[] dataKey = unwrap(envelope, binding);
    try {
      return wrap(dataKey, envelope.box(), binding);
    } finally {
      Arrays.fill(dataKey, (byte) 0);
    }
  }

  /**
   * @throws UnknownKeyException if the file has no key of the version
   */
  void requireKnown(int version) {
    var _ = ring(version).key(version);
  }

  /** The version of the key-encryption key that a secret is sealed under. */
  public static int versionOf(byte[] sealed) {
    return Envelope.read(sealed).version();
  }

  private byte[] wrap(byte[] dataKey, byte[] box, Binding binding) {
    KeyRing now = keys;
    int version = now.newest();
    byte[] wrapped = AesGcm.encrypt(now.key(version), dataKey, binding.bytes(), bytes(version));
    return new Envelope(version, wrapped, box).bytes();
  }

  private byte[] unwrap(Envelope envelope, Binding binding) {
    try {
      return AesGcm.decrypt(
          ring(envelope.version()).key(envelope.version()),
          envelope.wrappedKey(),
          binding.bytes(),
          bytes(envelope.version()));
    } catch (AEADBadTagException e) {
      throw new SealBrokenException(binding);
    }
  }

  /** Another replica may have read a new version of the file before this one. */
  private KeyRing ring(int version) {
    if (!keys.has(version)) {
      reload();
    }
    return keys;
  }

  private static Envelope envelope(byte[] sealed, Binding binding) {
    try {
      return Envelope.read(sealed);
    } catch (IllegalArgumentException e) {
      throw new SealBrokenException(binding);
    }
  }

  private static byte[] bytes(int version) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(version).array();
  }
}
