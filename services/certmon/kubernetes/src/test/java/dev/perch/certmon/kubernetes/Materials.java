package dev.perch.certmon.kubernetes;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates to publish; who signed them is of no matter to a Secret. */
final class Materials {
  private Materials() {}

  /** A revision with a key and a certificate of its own. */
  static Material revision(UUID certificate, long revision) {
    KeyPair keys = keys();
    X509Certificate leaf = sign("leaf", keys);
    return new Material(
        certificate, revision, List.of(leaf), keys.getPrivate(), List.of(sign("root", keys())));
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate sign(String name, KeyPair keys) {
    try {
      Instant now = Instant.now();
      X500Name subject = new X500Name("CN=" + name);
      byte[] der =
          new X509v3CertificateBuilder(
                  subject,
                  new BigInteger(120, new SecureRandom()).add(BigInteger.ONE),
                  Date.from(now),
                  Date.from(now.plus(Duration.ofDays(1))),
                  subject,
                  SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()))
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
              .getEncoded();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
