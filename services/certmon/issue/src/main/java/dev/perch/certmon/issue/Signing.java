package dev.perch.certmon.issue;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Signs one certificate (RFC 5280 §4).
 *
 * @param issuer the issuer's subject
 * @param issuerKeyId the identifier of its key
 * @param key its private key
 */
record Signing(X500Name issuer, byte[] issuerKeyId, PrivateKey key) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SERIAL_BITS = 128;

  /** With the names and the limits of the request, whatever else its CSR asks for. */
  X509Certificate sign(
      CertificateRequest request,
      Instant notBefore,
      Instant notAfter,
      List<URI> crls,
      List<URI> issuers) {
    X500Name subject = subject(request);
    SubjectPublicKeyInfo publicKey = request.csr().spki();
    var builder =
        new X509v3CertificateBuilder(
            issuer, newSerial(), AsnTime.of(notBefore), AsnTime.of(notAfter), subject, publicKey);
    try {
      builder.addExtension(
          Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(issuerKeyId));
      builder.addExtension(
          Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyId(publicKey)));
      builder.addExtension(Extension.basicConstraints, true, basicConstraints(request.authority()));
      builder.addExtension(Extension.keyUsage, true, keyUsage(request, publicKey));
      if (!request.usages().isEmpty()) {
        builder.addExtension(Extension.extendedKeyUsage, false, extendedKeyUsage(request));
      }
      if (!request.names().isEmpty()) {
        // A certificate without a subject has nothing else to go by (§4.2.1.6).
        builder.addExtension(
            Extension.subjectAlternativeName,
            subject.getRDNs().length == 0,
            AlternativeNames.encode(request.names()));
      }
      Optional<NameConstraints> limits = nameConstraints(request.authority());
      if (limits.isPresent()) {
        builder.addExtension(Extension.nameConstraints, true, limits.get());
      }
      if (!crls.isEmpty()) {
        builder.addExtension(Extension.cRLDistributionPoints, false, distributionPoints(crls));
      }
      if (!issuers.isEmpty()) {
        builder.addExtension(Extension.authorityInfoAccess, false, access(issuers));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return Bc.certificate(builder.build(Bc.signer(key)));
  }

  /** SHA-1 of the key, as everybody does it (§4.2.1.2); nothing depends on its strength. */
  static byte[] keyId(SubjectPublicKeyInfo key) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(key.getPublicKeyData().getBytes());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * An authority has the CSR's common name. A leaf has it only if it is one of its names: who asks
   * may not call itself what it likes.
   */
  static X500Name subject(CertificateRequest request) {
    String common = request.csr().commonName();
    boolean earned =
        request.authority() != null
            || request.names().stream().anyMatch(name -> name.value().equals(common));
    return earned ? request.csr().subject() : new X500Name(new RDN[0]);
  }

  private static BigInteger newSerial() {
    BigInteger serial;
    do {
      serial = new BigInteger(SERIAL_BITS, RANDOM);
    } while (serial.signum() == 0);
    return serial;
  }

  private static BasicConstraints basicConstraints(@Nullable Authority authority) {
    if (authority == null) {
      return new BasicConstraints(false);
    }
    Integer length = authority.pathLength();
    return length == null ? new BasicConstraints(true) : new BasicConstraints(length);
  }

  private static KeyUsage keyUsage(CertificateRequest request, SubjectPublicKeyInfo key) {
    if (request.authority() != null) {
      return new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
    }
    ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
    boolean encrypts =
        algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)
            && request.usages().contains(Usage.SERVER);
    return new KeyUsage(KeyUsage.digitalSignature | (encrypts ? KeyUsage.keyEncipherment : 0));
  }

  private static ExtendedKeyUsage extendedKeyUsage(CertificateRequest request) {
    return new ExtendedKeyUsage(
        request.usages().stream().map(Usage::purpose).toArray(KeyPurposeId[]::new));
  }

  private static Optional<NameConstraints> nameConstraints(@Nullable Authority authority) {
    if (authority == null || (authority.permitted().isEmpty() && authority.excluded().isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        new NameConstraints(subtrees(authority.permitted()), subtrees(authority.excluded())));
  }

  private static GeneralSubtree @Nullable [] subtrees(List<NameSpace> spaces) {
    return spaces.isEmpty()
        ? null
        : spaces.stream().map(NameSpace::toSubtree).toArray(GeneralSubtree[]::new);
  }

  private static ASN1Encodable distributionPoints(List<URI> urls) {
    return new CRLDistPoint(
        urls.stream()
            .map(url -> new DistributionPointName(new GeneralNames(uri(url))))
            .map(name -> new DistributionPoint(name, null, null))
            .toArray(DistributionPoint[]::new));
  }

  private static ASN1Encodable access(List<URI> urls) {
    return new AuthorityInformationAccess(
        urls.stream()
            .map(url -> new AccessDescription(AccessDescription.id_ad_caIssuers, uri(url)))
            .toArray(AccessDescription[]::new));
  }

  private static GeneralName uri(URI url) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, url.toString());
  }
}
