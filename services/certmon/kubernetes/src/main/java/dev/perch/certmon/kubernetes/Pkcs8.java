package dev.perch.certmon.kubernetes;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Private keys as PKCS#8 (RFC 5958). */
final class Pkcs8 {
  private Pkcs8() {}

  /**
   * A key on a curve need not have its public half (RFC 5915 §3), and the JDK's has not; but
   * GnuTLS, and so Debian's slapd, reads no other.
   */
  static byte[] encode(PrivateKey key, PublicKey half) {
    byte[] encoded = key.getEncoded();
    if (!(key instanceof java.security.interfaces.ECPrivateKey onCurve)) {
      return encoded;
    }
    try {
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(encoded);
      if (ECPrivateKey.getInstance(info.parsePrivateKey()).getPublicKey() != null) {
        return encoded;
      }
      var whole =
          new ECPrivateKey(
              onCurve.getParams().getOrder().bitLength(),
              onCurve.getS(),
              SubjectPublicKeyInfo.getInstance(half.getEncoded()).getPublicKeyData(),
              null);
      return new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), whole).getEncoded();
    } catch (IOException | RuntimeException e) {
      // The cause might quote what it could not read.
      throw new IllegalArgumentException("not a private key");
    }
  }
}
