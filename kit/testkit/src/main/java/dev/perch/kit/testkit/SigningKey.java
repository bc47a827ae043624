package dev.perch.kit.testkit;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;

/** The key that signs this JVM's tokens; see {@link OncePerJvm}. */
enum SigningKey implements SharedKey {
  INSTANCE;

  private final KeyPair pair = newPair();

  @Override
  public PrivateKey privateKey() {
    return pair.getPrivate();
  }

  @Override
  public PublicKey publicKey() {
    return pair.getPublic();
  }

  static SharedKey ofJvm() {
    return OncePerJvm.get(SharedKey.class, SigningKey.class);
  }

  static KeyPair newPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
