package dev.perch.contract.link;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * An agent's two key pairs are on the curve P-256 (NIST FIPS 186-5): one signs (ECDSA with
 * SHA-256), the other is for ECDH-ES (RFC 7518 §4.6). A public key travels as the base64url of its
 * SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), without padding.
 */
public final class AgentKeys {
  private static final int P256_BITS = 256;

  private AgentKeys() {}

  public static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String write(PublicKey key) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getEncoded());
  }

  /**
   * @throws IllegalArgumentException if it is no public key on P-256
   */
  public static PublicKey read(String text) {
    try {
      byte[] spki = Base64.getUrlDecoder().decode(text);
      PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
      if (key instanceof ECPublicKey ec && ec.getParams().getOrder().bitLength() == P256_BITS) {
        return key;
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no public key", e);
    }
    throw new IllegalArgumentException("no key on P-256");
  }
}
