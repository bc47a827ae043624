package dev.perch.certmon.issuer;

import dev.perch.certmon.issue.Chain;
import dev.perch.contract.certmon.Issuer;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** What is said of a CA's certificate. */
final class Authorities {
  private Authorities() {}

  /** A CA's certificate as it is shown. */
  static Issuer.Authority shown(Chain chain) {
    return new Issuer.Authority(
        chain.leaf().getSubjectX500Principal().getName(),
        chain.serial().toString(16),
        keyId(chain.leaf()),
        chain.notBefore(),
        chain.notAfter(),
        chain.toPem());
  }

  /** Its subject key identifier in hexadecimal; empty if it has none. */
  static String keyId(X509Certificate certificate) {
    byte[] extension = certificate.getExtensionValue(Extension.subjectKeyIdentifier.getId());
    if (extension == null) {
      return "";
    }
    byte[] inner = ASN1OctetString.getInstance(extension).getOctets();
    return HexFormat.of().formatHex(SubjectKeyIdentifier.getInstance(inner).getKeyIdentifier());
  }
}
