package dev.perch.agent.keys;

import dev.perch.contract.certmon.KeyAlgorithm;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/**
 * What the JDK calls the kinds of keys, and what PKCS #10 calls their signatures (RFC 5758, 8410).
 */
enum KeyKind {
  P256("EC", new ECGenParameterSpec("secp256r1"), "SHA256withECDSA", 1, 2, 840, 10045, 4, 3, 2),
  P384("EC", new ECGenParameterSpec("secp384r1"), "SHA384withECDSA", 1, 2, 840, 10045, 4, 3, 3),
  RSA_2048("RSA", rsa(2048), "SHA256withRSA", 1, 2, 840, 113549, 1, 1, 11),
  RSA_3072("RSA", rsa(3072), "SHA256withRSA", 1, 2, 840, 113549, 1, 1, 11),
  RSA_4096("RSA", rsa(4096), "SHA256withRSA", 1, 2, 840, 113549, 1, 1, 11),
  ED25519("Ed25519", NamedParameterSpec.ED25519, "Ed25519", 1, 3, 101, 112);

  private final String family;
  private final AlgorithmParameterSpec parameters;
  private final String signature;
  private final int[] identifier;

  KeyKind(String family, AlgorithmParameterSpec parameters, String signature, int... identifier) {
    this.family = family;
    this.parameters = parameters;
    this.signature = signature;
    this.identifier = identifier;
  }

  static KeyKind of(KeyAlgorithm algorithm) {
    return valueOf(algorithm.name());
  }

  /** As {@code KeyPairGenerator} and {@code KeyFactory} take it. */
  String family() {
    return family;
  }

  AlgorithmParameterSpec parameters() {
    return parameters;
  }

  /** As {@code Signature} takes it. */
  String signature() {
    return signature;
  }

  /** The signature's AlgorithmIdentifier (RFC 5280 §4.1.1.2); RSA's alone has a parameter: NULL. */
  byte[] identifier() {
    byte[] name = Der.objectIdentifier(identifier);
    return family.equals("RSA") ? Der.sequence(name, Der.nothing()) : Der.sequence(name);
  }

  private static RSAKeyGenParameterSpec rsa(int bits) {
    return new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4);
  }
}
