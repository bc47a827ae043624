package dev.perch.certmon.issue;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/**
 * An authority of one's own: signs at once, with 128-bit random serial numbers. It keeps no list of
 * what it has signed; a certificate that was signed and, after a crash, never stored is nobody's.
 */
public final class CaIssuer implements Issuer {
  /** A new revocation list is due after this time, and with each revocation. */
  public static final Duration REVOCATION_LIST_PERIOD = Duration.ofHours(12);

  /** Who has not got a newer list for so long must assume that one is withheld. */
  static final Duration REVOCATION_LIST_LIFE = REVOCATION_LIST_PERIOD.multipliedBy(2);

  private final CaSettings settings;
  private final PrivateKey key;
  private final Signing signing;
  private final Clock clock;

  /**
   * @throws IllegalArgumentException if its certificate names nobody
   */
  public CaIssuer(CaSettings settings, PrivateKey key, Clock clock) {
    this.settings = settings;
    this.key = key;
    this.clock = clock;
    var holder = settings.chain().holder();
    if (holder.getSubject().getRDNs().length == 0) {
      throw new IllegalArgumentException("an authority without a subject");
    }
    var keyId = SubjectKeyIdentifier.fromExtensions(holder.getExtensions());
    this.signing =
        new Signing(
            holder.getSubject(),
            keyId == null
                ? Signing.keyId(holder.getSubjectPublicKeyInfo())
                : keyId.getKeyIdentifier(),
            key);
  }

  @Override
  public Step advance(CertificateRequest request, Issuance state) {
    States.require(state instanceof Issuance.Requested, state);
    Instant now = clock.instant();
    if (!now.isBefore(settings.chain().notAfter())) {
      return new Step.Failed(
          state,
          new Failure.NeedsHuman(
              "authority-expired", "the authority ended " + settings.chain().notAfter()));
    }
    if (request.authority() != null && request.csr().commonName().isEmpty()) {
      return new Step.Failed(
          state, new Failure.Permanent("no-subject", "an authority needs a common name"));
    }
    Chain chain = new Chain(List.of(sign(request, now))).with(aboveLeaf());
    // Its own limits bind an authority too: nobody would trust what it signs beyond them.
    List<Flaw> flaws = TrustPath.flaws(chain, Set.of(top()), now);
    return flaws.isEmpty()
        ? new Step.Advanced(new Issuance.Issued(chain, null))
        : new Step.Failed(
            state,
            new Failure.Permanent(
                "beyond-authority", String.join("; ", flaws.stream().map(Flaw::detail).toList())));
  }

  /**
   * It is revoked by being on the next {@link #revocationList}, which the caller makes from what it
   * has recorded.
   */
  @Override
  public Optional<Failure> revoke(Chain chain, RevocationReason reason) {
    return Optional.empty();
  }

  /**
   * The authority's complete list (RFC 5280 §5), DER.
   *
   * @param number greater than that of every earlier list
   * @param revoked all that is revoked and would not be expired
   */
  public byte[] revocationList(BigInteger number, List<Revoked> revoked) {
    Instant now = clock.instant();
    return RevocationList.sign(signing, number, revoked, now, now.plus(REVOCATION_LIST_LIFE));
  }

  @Override
  public List<Finding> check() {
    List<Finding> findings = new ArrayList<>();
    Chain chain = settings.chain();
    Instant now = clock.instant();
    if (!now.isBefore(chain.notAfter())) {
      findings.add(
          new Finding(
              "expired", "the authority ended " + chain.notAfter(), "replace the authority"));
    }
    BasicConstraints basic = BasicConstraints.fromExtensions(chain.holder().getExtensions());
    if (basic == null || !basic.isCA()) {
      findings.add(
          new Finding(
              "no-authority",
              "its certificate may not sign others",
              "give the certificate of an authority"));
    }
    if (!KeyMatch.belongs(key, chain.leaf().getPublicKey())) {
      findings.add(
          new Finding(
              "wrong-key",
              "the key is not that of the certificate",
              "give the key and the certificate that belong together"));
    }
    for (Flaw flaw : TrustPath.flaws(chain, Set.of(top()), now)) {
      if (flaw.code() == Flaw.Code.BROKEN_CHAIN) {
        findings.add(new Finding("broken-chain", flaw.detail(), "give the chain in order"));
      }
    }
    return findings;
  }

  private X509Certificate sign(CertificateRequest request, Instant now) {
    Duration life =
        request.life().compareTo(settings.longestLife()) < 0
            ? request.life()
            : settings.longestLife();
    Instant end = now.plus(life);
    Instant last = settings.chain().notAfter();
    Instant begin = now.minus(SelfSignedIssuer.BACKDATED);
    Instant first = settings.chain().notBefore();
    return signing.sign(
        request,
        begin.isBefore(first) ? first : begin,
        end.isAfter(last) ? last : end,
        settings.crlUrls(),
        settings.issuerUrls());
  }

  /** What a server sends beside the leaf: not the root, which its clients have. */
  private List<X509Certificate> aboveLeaf() {
    return settings.chain().certificates().stream()
        .filter(each -> !each.getSubjectX500Principal().equals(each.getIssuerX500Principal()))
        .toList();
  }

  private X509Certificate top() {
    return settings.chain().certificates().getLast();
  }
}
