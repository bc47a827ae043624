package dev.perch.kit.peers;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** Somebody whom a server knows by a certificate. */
public record TestUser(X509Certificate certificate, PrivateKey key) {

  public String certificatePem() {
    return TestAuthority.pem(certificate);
  }

  /** PKCS#8. */
  public String keyPem() {
    return TestAuthority.pem(key);
  }
}
