package dev.perch.kit.testkit;

import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * The two halves of the key that signs the tokens of this JVM. Types of the JDK only, see {@link
 * OncePerJvm}.
 */
interface SharedKey {
  PrivateKey privateKey();

  PublicKey publicKey();
}
