package dev.perch.certmon.issue;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.bouncycastle.asn1.x509.V2TBSCertListGenerator;
import org.bouncycastle.operator.ContentSigner;
import org.jspecify.annotations.Nullable;

/** Certificate revocation lists (RFC 5280 §5). */
final class RevocationList {
  private RevocationList() {}

  static byte[] sign(
      Signing authority, BigInteger number, List<Revoked> revoked, Instant now, Instant next) {
    ContentSigner signer = Bc.signer(authority.key());
    V2TBSCertListGenerator list = new V2TBSCertListGenerator();
    list.setSignature(signer.getAlgorithmIdentifier());
    list.setIssuer(authority.issuer());
    list.setThisUpdate(AsnTime.of(now));
    list.setNextUpdate(AsnTime.of(next));
    try {
      for (Revoked entry : revoked) {
        list.addCRLEntry(
            new ASN1Integer(entry.serial()), AsnTime.of(entry.at()), reason(entry.reason()));
      }
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      extensions.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new AuthorityKeyIdentifier(authority.issuerKeyId()));
      extensions.addExtension(Extension.cRLNumber, false, new CRLNumber(number));
      list.setExtensions(extensions.generate());
      TBSCertList unsigned = list.generateTBSCertList();
      try (OutputStream out = signer.getOutputStream()) {
        out.write(unsigned.getEncoded(ASN1Encoding.DER));
      }
      return new DERSequence(
              new ASN1Encodable[] {
                unsigned, signer.getAlgorithmIdentifier(), new DERBitString(signer.getSignature())
              })
          .getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Unspecified is said by saying nothing (§5.3.1). */
  private static @Nullable Extensions reason(RevocationReason reason) throws IOException {
    if (reason == RevocationReason.UNSPECIFIED) {
      return null;
    }
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.reasonCode, false, CRLReason.lookup(reason.code()));
    return extensions.generate();
  }
}
