package dev.perch.bench.certmon;

import dev.perch.certmon.issue.Authority;
import dev.perch.certmon.issue.CaIssuer;
import dev.perch.certmon.issue.CaSettings;
import dev.perch.certmon.issue.CertificateRequest;
import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.issue.Csr;
import dev.perch.certmon.issue.Issuance;
import dev.perch.certmon.issue.Issuer;
import dev.perch.certmon.issue.KeyType;
import dev.perch.certmon.issue.SelfSignedIssuer;
import dev.perch.certmon.issue.Step;
import dev.perch.certmon.issue.SubjectName;
import dev.perch.certmon.issue.Usage;
import dev.perch.certmon.kubernetes.Material;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** certmon's own authority, without its database: a key, a request and a signature for each. */
final class LocalAuthority {
  private static final Duration LIFE = Duration.ofDays(90);

  private final Clock clock = Clock.systemUTC();
  private final Chain root;
  private final Issuer issuer;

  LocalAuthority() {
    KeyPair keys = KeyType.P256.generate();
    Csr csr = Csr.create(keys, "bench", Set.of());
    CertificateRequest request =
        new CertificateRequest(
            csr,
            new TreeSet<>(),
            Set.of(),
            LIFE.multipliedBy(4),
            new Authority(null, List.of(), List.of()),
            null,
            null);
    this.root = issued(new SelfSignedIssuer(keys, clock), request);
    this.issuer = new CaIssuer(CaSettings.of(root, LIFE), keys.getPrivate(), clock);
  }

  Material issue(UUID certificate, long revision) {
    KeyPair keys = KeyType.P256.generate();
    Csr csr = Csr.create(keys, "", Set.of(SubjectName.dns(certificate + ".edge.example")));
    Chain chain = issued(issuer, CertificateRequest.of(csr, Set.of(Usage.SERVER), LIFE));
    return new Material(
        certificate, revision, chain.certificates(), keys.getPrivate(), root.certificates());
  }

  private static Chain issued(Issuer issuer, CertificateRequest request) {
    if (issuer.advance(request, new Issuance.Requested())
        instanceof Step.Advanced(Issuance.Issued issued)) {
      return issued.chain();
    }
    throw new IllegalStateException("not issued at once");
  }
}
