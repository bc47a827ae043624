package dev.perch.certmon.issue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A certificate and those of the authorities above it, as far as a server sends them: the leaf
 * first, each signed by the next, without the root. In JSON it is its PEM.
 *
 * @param certificates at least one
 */
public record Chain(List<X509Certificate> certificates) {

  public Chain {
    certificates = List.copyOf(certificates);
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("a chain without a certificate");
    }
  }

  /**
   * @throws IllegalArgumentException if a certificate cannot be read, or there is none
   */
  @JsonCreator
  public static Chain fromPem(String pem) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (byte[] der : Pem.decode(Pem.CERTIFICATE, pem)) {
        certificates.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
      }
    } catch (CertificateException e) {
      throw new IllegalArgumentException("not a certificate", e);
    }
    return new Chain(certificates);
  }

  @JsonValue
  public String toPem() {
    StringBuilder pem = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      pem.append(Pem.encode(Pem.CERTIFICATE, der(certificate)));
    }
    return pem.toString();
  }

  public X509Certificate leaf() {
    return certificates.getFirst();
  }

  public Instant notBefore() {
    return AsnTime.toInstant(holder().toASN1Structure().getStartDate());
  }

  public Instant notAfter() {
    return AsnTime.toInstant(holder().toASN1Structure().getEndDate());
  }

  /** From the first instant to the last. */
  public Duration life() {
    return Duration.between(notBefore(), notAfter());
  }

  public BigInteger serial() {
    return leaf().getSerialNumber();
  }

  /** SHA-256 of the leaf's public key, hexadecimal: what a pin is. */
  public String spkiSha256() {
    return sha256(leaf().getPublicKey().getEncoded());
  }

  /** SHA-256 of the leaf, hexadecimal. */
  public String fingerprint() {
    return sha256(der(leaf()));
  }

  /** The identifier of the issuer's key, hexadecimal; empty if the leaf has none. */
  public Optional<String> authorityKeyId() {
    return authorityKey().map(HexFormat.of()::formatHex);
  }

  /**
   * The name of the leaf in renewal information and in an order's {@code replaces} (RFC 9773 §4.1);
   * empty if the leaf does not name its issuer's key.
   */
  public Optional<String> renewalId() {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return authorityKey()
        .map(
            key ->
                base64.encodeToString(key) + "." + base64.encodeToString(serial().toByteArray()));
  }

  /** The leaf's names, as far as they are {@link SubjectName}s; a common name is none. */
  public SortedSet<SubjectName> names() {
    return alternativeNames().names();
  }

  AlternativeNames alternativeNames() {
    return AlternativeNames.of(holder().getExtensions());
  }

  /** This chain with more certificates above it; those it has are not repeated. */
  public Chain with(Collection<X509Certificate> above) {
    List<X509Certificate> all = new ArrayList<>(certificates);
    above.stream().filter(certificate -> !all.contains(certificate)).forEach(all::add);
    return new Chain(all);
  }

  @Override
  public String toString() {
    return "Chain[%s, serial %s, until %s]".formatted(names(), serial().toString(16), notAfter());
  }

  X509CertificateHolder holder() {
    return holder(leaf());
  }

  static X509CertificateHolder holder(X509Certificate certificate) {
    try {
      return new X509CertificateHolder(certificate.getEncoded());
    } catch (CertificateEncodingException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<byte[]> authorityKey() {
    var extensions = holder().getExtensions();
    return Optional.ofNullable(extensions)
        .map(AuthorityKeyIdentifier::fromExtensions)
        .map(AuthorityKeyIdentifier::getKeyIdentifierOctets);
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
