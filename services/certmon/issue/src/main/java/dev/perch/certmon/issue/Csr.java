package dev.perch.certmon.issue;

import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.PKCSException;

/**
 * A certification request (RFC 2986) whose signature proves that its sender has the private key.
 *
 * @param der its encoding
 */
public record Csr(byte[] der) {

  /**
   * @throws IllegalArgumentException if it is not a request, its key is of no {@link KeyType}, its
   *     signature is not by its key, or it asks for a name that is no {@link SubjectName}
   */
  public Csr {
    der = der.clone();
    verify(parse(der));
  }

  /**
   * A new request.
   *
   * @param commonName may be empty; then the certificate has names only, as it should
   */
  public static Csr create(KeyPair keys, String commonName, Collection<SubjectName> names) {
    X500Name subject =
        commonName.isEmpty()
            ? new X500Name(new RDN[0])
            : new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
    var builder =
        new PKCS10CertificationRequestBuilder(
            subject, SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
    if (!names.isEmpty()) {
      try {
        builder.addAttribute(
            PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
            new Extensions(
                new Extension(
                    Extension.subjectAlternativeName,
                    false,
                    AlternativeNames.encode(names).getEncoded())));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return of(builder.build(Bc.signer(keys.getPrivate())));
  }

  /**
   * @throws IllegalArgumentException as the constructor, or if it is not PEM
   */
  public static Csr fromPem(String pem) {
    List<byte[]> blocks = Pem.decode(Pem.REQUEST, pem);
    if (blocks.size() != 1) {
      throw new IllegalArgumentException("not one certificate request but " + blocks.size());
    }
    return new Csr(blocks.getFirst());
  }

  public String toPem() {
    return Pem.encode(Pem.REQUEST, der);
  }

  @Override
  public byte[] der() {
    return der.clone();
  }

  /** The names it asks for; a common name is none. */
  public SortedSet<SubjectName> names() {
    return AlternativeNames.of(request().getRequestedExtensions()).names();
  }

  /** Empty if there is none. */
  public String commonName() {
    return commonName(subject());
  }

  public PublicKey publicKey() {
    try {
      return Objects.requireNonNull(Bc.publicKey(spki()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  SubjectPublicKeyInfo spki() {
    return request().getSubjectPublicKeyInfo();
  }

  X500Name subject() {
    return request().getSubject();
  }

  static String commonName(X500Name name) {
    var rdns = name.getRDNs(BCStyle.CN);
    return rdns.length == 0 ? "" : rdns[0].getFirst().getValue().toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Csr csr && Arrays.equals(der, csr.der);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(der);
  }

  @Override
  public String toString() {
    return "Csr[" + names() + "]";
  }

  private static Csr of(PKCS10CertificationRequest request) {
    try {
      return new Csr(request.getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private PKCS10CertificationRequest request() {
    return parse(der);
  }

  private static PKCS10CertificationRequest parse(byte[] der) {
    try {
      return new PKCS10CertificationRequest(der);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a certificate request", e);
    }
  }

  private static void verify(PKCS10CertificationRequest request) {
    try {
      PublicKey key = Bc.publicKey(request.getSubjectPublicKeyInfo());
      if (key == null || KeyType.of(key).isEmpty()) {
        throw new IllegalArgumentException("a key of an unknown kind or size");
      }
      var verifier = new JcaContentVerifierProviderBuilder().setProvider(Bc.PROVIDER).build(key);
      if (!request.isSignatureValid(verifier)) {
        throw new IllegalArgumentException("the request is not signed by its key");
      }
      if (AlternativeNames.of(request.getRequestedExtensions()).hasOthers()) {
        throw new IllegalArgumentException("a name of a kind or form that is not issued");
      }
    } catch (IOException | OperatorCreationException | PKCSException e) {
      throw new IllegalArgumentException("the request's key or signature is broken", e);
    }
  }
}
