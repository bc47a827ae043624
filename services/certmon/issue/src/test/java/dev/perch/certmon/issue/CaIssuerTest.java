package dev.perch.certmon.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.URI;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CRLHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaIssuerTest {
  private final Requests.Ca root = Requests.root(Authority.unlimited());

  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"P256", "RSA_2048", "ED25519"})
  void anAuthorityOfAnyKeySignsWhatIsAccepted(KeyType type) {
    Requests.Ca authority = Requests.root(type, Authority.ofLeaves());
    CertificateRequest request = Requests.forKey(type.generate(), "dns:a.example", "ip:192.0.2.1");

    Chain chain = Drive.toTheEnd(authority.issuer(), request).chain();

    assertThat(
            Acceptance.examine(
                chain,
                request,
                Expectation.first(Set.of(authority.certificate()), Duration.ofHours(23)),
                Requests.CLOCK.instant()))
        .isEmpty();
    assertThat(chain.certificates()).as("the root is its clients' matter").hasSize(1);
  }

  @Test
  void aLeafSaysWhatItIsForAndWhoSignedIt() throws Exception {
    KeyPair keys = root.keys();
    CaSettings settings =
        new CaSettings(
            root.chain(),
            Duration.ofDays(90),
            List.of(URI.create("http://ca.example/a.crl")),
            List.of(URI.create("http://ca.example/a.der")));
    CaIssuer issuer = new CaIssuer(settings, keys.getPrivate(), Requests.CLOCK);

    X509Certificate leaf =
        Drive.toTheEnd(issuer, Requests.forNames("dns:a.example")).chain().leaf();

    assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
    assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(leaf.getKeyUsage())
        .containsExactly(true, false, false, false, false, false, false, false, false);
    assertThat(leaf.getCriticalExtensionOIDs())
        .as("basic constraints, key usage, and names where the subject is empty")
        .containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15", "2.5.29.17");
    assertThat(leaf.getNonCriticalExtensionOIDs())
        .as("key ids, extended usage, CRL, issuer")
        .containsExactlyInAnyOrder(
            "2.5.29.35", "2.5.29.14", "2.5.29.37", "2.5.29.31", "1.3.6.1.5.5.7.1.1");
    assertThat(leaf.getSubjectX500Principal().getName()).isEmpty();
  }

  @Test
  void serialNumbersAreOf128Bits() {
    Set<BigInteger> serials = new HashSet<>();
    CertificateRequest request = Requests.forNames("dns:a.example");
    int longest = 0;

    for (int i = 0; i < 200; i++) {
      BigInteger serial = Drive.toTheEnd(root.issuer(), request).chain().serial();
      serials.add(serial);
      longest = Math.max(longest, serial.bitLength());
    }

    assertThat(serials).hasSize(200);
    assertThat(longest).isBetween(121, 128);
  }

  @Test
  void whoAsksMayNotCallItselfWhatItLikes() {
    Csr csr = Csr.create(KeyType.P256.generate(), "admin", List.of(SubjectName.dns("a.example")));
    CertificateRequest request = CertificateRequest.of(csr, Set.of(Usage.CLIENT), Requests.DAY);

    Chain chain = Drive.toTheEnd(root.issuer(), request).chain();

    assertThat(chain.leaf().getSubjectX500Principal().getName()).isEmpty();
    assertThat(chain.names()).containsExactly(SubjectName.dns("a.example"));
  }

  @Test
  void nothingOutlivesItsAuthority() {
    CertificateRequest request = Requests.forNames("dns:a.example");
    CertificateRequest forever =
        CertificateRequest.of(request.csr(), request.usages(), Duration.ofDays(10_000));
    CaIssuer issuer =
        new CaIssuer(
            CaSettings.of(root.chain(), Duration.ofDays(10_000)),
            root.keys().getPrivate(),
            Requests.CLOCK);

    Chain chain = Drive.toTheEnd(issuer, forever).chain();

    assertThat(chain.notAfter()).isEqualTo(root.chain().notAfter());
  }

  @Test
  void anAuthorityBelowOneThatSignsLeavesOnlyIsRefused() {
    Requests.Ca narrow = Requests.below(root, "narrow", Authority.ofLeaves());
    CertificateRequest another =
        Requests.authority(KeyType.P256.generate(), "another", Authority.ofLeaves());

    Requests.Ca below = new Requests.Ca(narrow.keys(), narrow.chain());
    Step.Failed failed = Drive.toFailure(below.issuer(), another);

    assertThat(failed.failure()).isInstanceOf(Failure.Permanent.class);
    assertThat(failed.failure().code()).isEqualTo("beyond-authority");
  }

  @Test
  void namesBeyondTheAuthoritysLimitsAreRefused() {
    Authority edge =
        new Authority(
            0,
            List.of(new NameSpace("edge.example"), new NameSpace("192.0.2.0/24")),
            List.of(new NameSpace("secret.edge.example")));
    Requests.Ca limited = Requests.below(root, "edge", edge);

    Chain within =
        Drive.toTheEnd(limited.issuer(), Requests.forNames("dns:a.edge.example", "ip:192.0.2.7"))
            .chain();

    assertThat(within.certificates()).hasSize(2);
    for (String beyond : List.of("dns:a.example", "dns:a.secret.edge.example", "ip:192.0.3.1")) {
      assertThat(Drive.toFailure(limited.issuer(), Requests.forNames(beyond)).failure().code())
          .as(beyond)
          .isEqualTo("beyond-authority");
    }
  }

  @Test
  void whatIsRevokedIsOnTheListThatTheAuthoritySigns() throws Exception {
    Chain chain = Drive.toTheEnd(root.issuer(), Requests.forNames("dns:a.example")).chain();
    Chain another = Drive.toTheEnd(root.issuer(), Requests.forNames("dns:b.example")).chain();
    Revoked revoked =
        new Revoked(chain.serial(), Requests.CLOCK.instant(), RevocationReason.KEY_COMPROMISE);

    byte[] der = root.issuer().revocationList(BigInteger.TWO, List.of(revoked));

    X509CRL list =
        (X509CRL)
            CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
    list.verify(root.certificate().getPublicKey());
    assertThat(list.isRevoked(chain.leaf())).isTrue();
    assertThat(list.isRevoked(another.leaf())).isFalse();
    assertThat(list.getRevokedCertificate(chain.serial()).getRevocationReason().name())
        .isEqualTo("KEY_COMPROMISE");
    X509CRLHolder holder = new X509CRLHolder(der);
    assertThat(holder.getExtensions().getExtensionParsedValue(Extension.cRLNumber))
        .hasToString("2");
  }

  @Test
  void checkFindsAKeyThatIsNotTheCertificates() {
    CaIssuer issuer =
        new CaIssuer(
            CaSettings.of(root.chain(), Duration.ofDays(1)),
            KeyType.P256.generate().getPrivate(),
            Requests.CLOCK);

    assertThat(issuer.check()).extracting(Finding::code).containsExactly("wrong-key");
    assertThat(root.issuer().check()).isEmpty();
  }

  @Test
  void aKeyThatIsElsewhereCannotSignItself() {
    SelfSignedIssuer issuer = new SelfSignedIssuer(KeyType.P256.generate(), Requests.CLOCK);

    Step.Failed failed = Drive.toFailure(issuer, Requests.forNames("dns:a.example"));

    assertThat(failed.failure().code()).isEqualTo("key-elsewhere");
  }
}
