package dev.perch.kit.seal;

import java.nio.ByteBuffer;

/**
 * A sealed secret as it is kept: the secret under a data key of its own, and that key under a
 * key-encryption key.
 *
 * <pre>
 * 1 byte   format, 1
 * 4 bytes  version of the key-encryption key
 * 12 + 48  nonce, data key under the key-encryption key with its tag
 * 12 + n   nonce, secret under the data key with its tag
 * </pre>
 */
record Envelope(int version, byte[] wrappedKey, byte[] box) {
  private static final byte FORMAT = 1;
  private static final int HEAD = 1 + Integer.BYTES;
  private static final int WRAPPED = AesGcm.OVERHEAD + KeyRing.KEY_BYTES;

  /**
   * @throws IllegalArgumentException if this is none
   */
  static Envelope read(byte[] bytes) {
    if (bytes.length < HEAD + WRAPPED + AesGcm.OVERHEAD || bytes[0] != FORMAT) {
      throw new IllegalArgumentException("no envelope");
    }
    var in = ByteBuffer.wrap(bytes).position(1);
    int version = in.getInt();
    byte[] wrapped = new byte[WRAPPED];
    in.get(wrapped);
    byte[] box = new byte[in.remaining()];
    in.get(box);
    return new Envelope(version, wrapped, box);
  }

  byte[] bytes() {
    return ByteBuffer.allocate(HEAD + WRAPPED + box.length)
        .put(FORMAT)
        .putInt(version)
        .put(wrappedKey)
        .put(box)
        .array();
  }
}
