package dev.perch.certmon.issue;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What the tests ask for, and authorities to ask. */
final class Requests {
  static final Clock CLOCK = Clock.systemUTC();
  static final Duration DAY = Duration.ofDays(1);

  private Requests() {}

  /** A server's certificate for a day, with a new P-256 key. */
  static CertificateRequest forNames(String... names) {
    return forKey(KeyType.P256.generate(), names);
  }

  static CertificateRequest forKey(KeyPair keys, String... names) {
    List<SubjectName> all = Arrays.stream(names).map(SubjectName::parse).toList();
    return CertificateRequest.of(Csr.create(keys, "", all), Set.of(Usage.SERVER), DAY);
  }

  /** An authority and its certificate. */
  record Ca(KeyPair keys, Chain chain) {

    CaIssuer issuer() {
      return new CaIssuer(CaSettings.of(chain, Duration.ofDays(90)), keys.getPrivate(), CLOCK);
    }

    X509Certificate certificate() {
      return chain.leaf();
    }
  }

  static Ca root(Authority limits) {
    return root(KeyType.P256, limits);
  }

  static Ca root(KeyType type, Authority limits) {
    KeyPair keys = type.generate();
    Issuance.Issued issued =
        Drive.toTheEnd(new SelfSignedIssuer(keys, CLOCK), authority(keys, "root", limits));
    return new Ca(keys, issued.chain());
  }

  static Ca below(Ca above, String name, Authority limits) {
    KeyPair keys = KeyType.P256.generate();
    Chain chain = Drive.toTheEnd(above.issuer(), authority(keys, name, limits)).chain();
    return new Ca(keys, chain.with(above.chain().certificates()));
  }

  static CertificateRequest authority(KeyPair keys, String name, Authority limits) {
    Csr csr = Csr.create(keys, name, List.of());
    return new CertificateRequest(
        csr, csr.names(), Set.of(), Duration.ofDays(365), limits, null, null);
  }
}
