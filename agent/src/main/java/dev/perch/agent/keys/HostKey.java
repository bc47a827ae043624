package dev.perch.agent.keys;

import dev.perch.contract.certmon.KeyAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/** A key pair of this host. */
public record HostKey(KeyAlgorithm algorithm, KeyPair pair) {

  static HostKey generate(KeyAlgorithm algorithm) {
    KeyKind kind = KeyKind.of(algorithm);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.family());
      generator.initialize(kind.parameters());
      return new HostKey(algorithm, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @param spki the public key, RFC 5280 §4.1.2.7
   * @param pkcs8 the private key, RFC 5958
   */
  static HostKey read(KeyAlgorithm algorithm, byte[] spki, byte[] pkcs8) {
    try {
      KeyFactory factory = KeyFactory.getInstance(KeyKind.of(algorithm).family());
      return new HostKey(
          algorithm,
          new KeyPair(
              factory.generatePublic(new X509EncodedKeySpec(spki)),
              factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a damaged key", e);
    }
  }

  /** The private key as PKCS #8 (RFC 5958) in PEM. */
  public String pem() {
    byte[] pkcs8 =
        pair.getPrivate() instanceof ECPrivateKey key
            ? withPublicKey(key, pair.getPublic().getEncoded())
            : pair.getPrivate().getEncoded();
    return SigningRequest.pem("PRIVATE KEY", pkcs8);
  }

  /**
   * An ECPrivateKey (RFC 5915 §3) need not have the public key, and the JDK's has not; but GnuTLS,
   * and so Debian's slapd, reads no other.
   *
   * @param spki shorter than 128 bytes, as it is for the curves there are
   */
  private static byte[] withPublicKey(ECPrivateKey key, byte[] spki) {
    int size = (key.getParams().getOrder().bitLength() + 7) / 8;
    byte[] number = key.getS().toByteArray();
    byte[] padded = new byte[size];
    int length = Math.min(size, number.length);
    System.arraycopy(number, number.length - length, padded, size - length, length);
    byte[] algorithm = Arrays.copyOfRange(spki, 2, 4 + spki[3]);
    byte[] point = Arrays.copyOfRange(spki, spki.length - 1 - 2 * size, spki.length);
    byte[] whole =
        Der.sequence(Der.version(1), Der.octets(padded), Der.tagged(0xa1, Der.bits(point)));
    return Der.sequence(Der.version(0), algorithm, Der.octets(whole));
  }

  byte[] sign(byte[] content) {
    try {
      Signature signature = Signature.getInstance(KeyKind.of(algorithm).signature());
      signature.initSign(pair.getPrivate());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does not show the private key. */
  @Override
  public String toString() {
    return "HostKey[" + algorithm + "]";
  }
}
