package dev.perch.certmon.issue;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Bouncy Castle, which is not registered as a provider: whoever wants it names it. */
final class Bc {
  static final Provider PROVIDER = new BouncyCastleProvider();

  private Bc() {}

  static ContentSigner signer(PrivateKey key) {
    try {
      return new JcaContentSignerBuilder(KeyType.signatureFor(key))
          .setProvider(PROVIDER)
          .build(key);
    } catch (OperatorCreationException e) {
      throw new IllegalArgumentException("cannot sign with this key", e);
    }
  }

  /**
   * A key, or null if it is of a kind that is not known. The provider's own method knows none
   * before there is a provider, and loading this class makes one.
   */
  static @Nullable PublicKey publicKey(SubjectPublicKeyInfo info) throws IOException {
    return BouncyCastleProvider.getPublicKey(info);
  }

  static X509Certificate certificate(X509CertificateHolder holder) {
    try {
      return new JcaX509CertificateConverter().getCertificate(holder);
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }
}
