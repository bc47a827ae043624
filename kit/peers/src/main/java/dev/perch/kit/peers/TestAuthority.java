package dev.perch.kit.peers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * A certificate authority of a test: what a peer needs to be reached by TLS, or to sign with. Its
 * files are PEM, keys PKCS#8.
 */
final class TestAuthority {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final Duration LIFE = Duration.ofDays(10);

  private final String name;
  private final KeyPair keys;
  private final X509Certificate certificate;

  private TestAuthority(String name, KeyPair keys, X509Certificate certificate) {
    this.name = name;
    this.keys = keys;
    this.certificate = certificate;
  }

  static TestAuthority root(String name) {
    KeyPair keys = newKeys();
    return new TestAuthority(name, keys, sign(name, keys, named(name), keys, true));
  }

  /** An authority that this one has certified. */
  TestAuthority intermediate(String subject) {
    KeyPair subjects = newKeys();
    return new TestAuthority(subject, subjects, sign(name, keys, named(subject), subjects, true));
  }

  X509Certificate certificate() {
    return certificate;
  }

  /** Writes {@code <file>.pem} and {@code <file>.key}. */
  void write(Path folder, String file) {
    write(folder, file, certificate, keys);
  }

  /** Writes the certificate and key of a server on this machine. */
  void writeServer(Path folder, String file) {
    KeyPair server = newKeys();
    write(folder, file, sign(name, keys, named("localhost"), server, false), server);
  }

  /** Writes the key pair that tokens are signed with: {@code <file>.key} and {@code <file>.pub}. */
  static void writeKeys(Path folder, String file) {
    KeyPair pair = newKeys();
    try {
      Files.writeString(folder.resolve(file + ".key"), pem(PRIVATE_KEY, pair.getPrivate()));
      Files.writeString(folder.resolve(file + ".pub"), pem("PUBLIC KEY", pair.getPublic()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Somebody who is known by a certificate; Kubernetes takes organizations for groups. */
  TestUser user(String user, String... organizations) {
    KeyPair pair = newKeys();
    X500NameBuilder subject = new X500NameBuilder().addRDN(BCStyle.CN, user);
    for (String organization : organizations) {
      subject.addRDN(BCStyle.O, organization);
    }
    return new TestUser(sign(name, keys, subject.build(), pair, false), pair.getPrivate());
  }

  static X509Certificate parse(String pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
    } catch (CertificateException e) {
      throw new IllegalStateException("not a certificate: " + pem, e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate sign(
      String issuer, KeyPair signer, X500Name subject, KeyPair subjects, boolean authority) {
    try {
      Instant now = Instant.now();
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              named(issuer),
              new BigInteger(120, new SecureRandom()).add(BigInteger.ONE),
              time(now.minus(Duration.ofHours(1))),
              time(now.plus(LIFE)),
              subject,
              SubjectPublicKeyInfo.getInstance(subjects.getPublic().getEncoded()));
      JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          ids.createSubjectKeyIdentifier(subjects.getPublic()));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          ids.createAuthorityKeyIdentifier(signer.getPublic()));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (authority) {
        int signs = KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature;
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(signs));
      } else {
        GeneralName[] names = {
          new GeneralName(GeneralName.dNSName, "localhost"),
          new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        };
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      byte[] der =
          builder
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))
              .getEncoded();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X500Name named(String commonName) {
    return new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
  }

  private static Time time(Instant instant) {
    return Time.getInstance(new DERGeneralizedTime(TIME.format(instant.atOffset(ZoneOffset.UTC))));
  }

  private static void write(Path folder, String file, X509Certificate certificate, KeyPair keys) {
    try {
      Files.writeString(folder.resolve(file + ".pem"), pem(certificate));
      Files.writeString(folder.resolve(file + ".key"), pem(PRIVATE_KEY, keys.getPrivate()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String pem(X509Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(PrivateKey key) {
    return pem(PRIVATE_KEY, key);
  }

  private static String pem(String type, Key key) {
    return pem(type, key.getEncoded());
  }

  private static String pem(String type, byte[] content) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
