package dev.perch.kit.seal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM (NIST SP 800-38D) with random 96-bit nonces. A data key is used once and a
 * key-encryption key wraps random keys: 2^32 of them are far from a repeated nonce.
 */
final class AesGcm {
  private static final int NONCE = 12;
  private static final int TAG = 16;

  /** What is added to the plain text. */
  static final int OVERHEAD = NONCE + TAG;

  private static final SecureRandom RANDOM = new SecureRandom();

  private AesGcm() {}

  /** Nonce, cipher text, tag. */
  static byte[] encrypt(SecretKey key, byte[] plain, byte[]... authenticated) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, key, nonce, authenticated).doFinal(plain);
      return ByteBuffer.allocate(NONCE + encrypted.length).put(nonce).put(encrypted).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not available", e);
    }
  }

  /**
   * @throws AEADBadTagException if anything differs from what was encrypted
   */
  static byte[] decrypt(SecretKey key, byte[] encrypted, byte[]... authenticated)
      throws AEADBadTagException {
    byte[] nonce = Arrays.copyOf(encrypted, NONCE);
    try {
      return cipher(Cipher.DECRYPT_MODE, key, nonce, authenticated)
          .doFinal(encrypted, NONCE, encrypted.length - NONCE);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not available", e);
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[]... authenticated)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
    for (byte[] part : authenticated) {
      cipher.updateAAD(part);
    }
    return cipher;
  }
}
