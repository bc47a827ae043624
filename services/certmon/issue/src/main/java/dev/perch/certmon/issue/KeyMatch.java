package dev.perch.certmon.issue;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Whether two halves are one key pair. */
final class KeyMatch {
  private KeyMatch() {}

  static boolean belongs(PrivateKey privateKey, PublicKey publicKey) {
    try {
      String algorithm = KeyType.signatureFor(privateKey);
      byte[] probe = {1};
      Signature signing = Signature.getInstance(algorithm, Bc.PROVIDER);
      signing.initSign(privateKey);
      signing.update(probe);
      byte[] signature = signing.sign();
      Signature verifying = Signature.getInstance(algorithm, Bc.PROVIDER);
      verifying.initVerify(publicKey);
      verifying.update(probe);
      return verifying.verify(signature);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
