package dev.perch.certmon.kubernetes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** PEM (RFC 7468). */
final class Pem {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  static byte[] encode(List<X509Certificate> certificates) {
    StringBuilder pem = new StringBuilder();
    try {
      for (X509Certificate certificate : certificates) {
        append(pem, "CERTIFICATE", certificate.getEncoded());
      }
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
    return pem.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** A private key as {@link Pkcs8} has it. */
  static byte[] encode(byte[] pkcs8) {
    StringBuilder pem = new StringBuilder();
    append(pem, "PRIVATE KEY", pkcs8);
    return pem.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * @throws IllegalArgumentException if one cannot be read, or there is none
   */
  static List<X509Certificate> certificates(String pem) {
    try {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException("no certificate in PEM");
      }
      return certificates;
    } catch (CertificateException e) {
      throw new IllegalArgumentException("not certificates in PEM", e);
    }
  }

  /**
   * The first key, in any of the forms that tools of Kubernetes write.
   *
   * @throws IllegalArgumentException if it cannot be read, or there is none; without the text
   */
  static PrivateKey key(String pem) {
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
        if (block instanceof PEMKeyPair pair) {
          return converter.getPrivateKey(pair.getPrivateKeyInfo());
        }
        if (block instanceof PrivateKeyInfo key) {
          return converter.getPrivateKey(key);
        }
      }
    } catch (IOException | RuntimeException e) {
      // The cause might quote what it could not read.
      throw new IllegalArgumentException("not a private key in PEM");
    }
    throw new IllegalArgumentException("no private key in PEM that is not encrypted");
  }

  private static void append(StringBuilder pem, String label, byte[] der) {
    pem.append("-----BEGIN ").append(label).append("-----\n");
    pem.append(LINES.encodeToString(der));
    pem.append("\n-----END ").append(label).append("-----\n");
  }
}
