package dev.perch.certmon.issue;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/** Kinds of keys. P-256 unless somebody asks for another: RSA costs a hundred times as much. */
public enum KeyType {
  P256("EC", 256, "SHA256withECDSA"),
  P384("EC", 384, "SHA384withECDSA"),
  RSA_2048("RSA", 2048, "SHA256withRSA"),
  RSA_3072("RSA", 3072, "SHA256withRSA"),
  RSA_4096("RSA", 4096, "SHA384withRSA"),
  ED25519("Ed25519", 255, "Ed25519");

  private final String algorithm;
  private final int size;
  private final String signature;

  KeyType(String algorithm, int size, String signature) {
    this.algorithm = algorithm;
    this.size = size;
    this.signature = signature;
  }

  /** A new key pair; an RSA key takes from 60 ms (2048) to a second (4096) of a processor. */
  public KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, Bc.PROVIDER);
      if (this != ED25519) {
        generator.initialize(size);
      }
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Empty for a key that is not issued for, for example one that is too small. */
  public static Optional<KeyType> of(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> ofRsa(rsa.getModulus().bitLength());
      case ECPublicKey ec ->
          switch (ec.getParams().getOrder().bitLength()) {
            case 256 -> Optional.of(P256);
            case 384 -> Optional.of(P384);
            default -> Optional.empty();
          };
      default ->
          key.getAlgorithm().equals("Ed25519") || key.getAlgorithm().equals("EdDSA")
              ? Optional.of(ED25519)
              : Optional.empty();
    };
  }

  /** The signature algorithm for keys of this kind. */
  String signature() {
    return signature;
  }

  /** The signature algorithm that fits a private key of any size. */
  static String signatureFor(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> RSA_2048.signature;
      case "EC", "ECDSA" -> P256.signature;
      case "Ed25519", "EdDSA" -> ED25519.signature;
      default -> throw new IllegalArgumentException("cannot sign with " + key.getAlgorithm());
    };
  }

  private static Optional<KeyType> ofRsa(int bits) {
    return switch (bits) {
      case 2048 -> Optional.of(RSA_2048);
      case 3072 -> Optional.of(RSA_3072);
      case 4096 -> Optional.of(RSA_4096);
      default -> Optional.empty();
    };
  }
}
