package dev.perch.certmon.issue;

import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Signs with the key of the request itself: the beginning of an authority, or a leaf that is
 * trusted by its fingerprint. One issuer serves one key.
 */
public final class SelfSignedIssuer implements Issuer {
  /** Clocks differ; a certificate should be good where it is used a moment later. */
  static final Duration BACKDATED = Duration.ofMinutes(5);

  private final KeyPair keys;
  private final Clock clock;

  public SelfSignedIssuer(KeyPair keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public Step advance(CertificateRequest request, Issuance state) {
    States.require(state instanceof Issuance.Requested, state);
    if (!Arrays.equals(request.csr().publicKey().getEncoded(), keys.getPublic().getEncoded())) {
      return new Step.Failed(
          state,
          new Failure.Permanent(
              "key-elsewhere", "only who has the private key can sign with it: it is not here"));
    }
    if (Signing.subject(request).getRDNs().length == 0) {
      return new Step.Failed(
          state,
          new Failure.Permanent(
              "no-subject", "its issuer needs a common name, a leaf's must be one of its names"));
    }
    Instant now = clock.instant();
    Signing signing =
        new Signing(
            request.csr().subject(), Signing.keyId(request.csr().spki()), keys.getPrivate());
    Chain chain =
        new Chain(
            List.of(
                signing.sign(
                    request,
                    now.minus(BACKDATED),
                    now.plus(request.life()),
                    List.of(),
                    List.of())));
    return new Step.Advanced(new Issuance.Issued(chain, null));
  }

  /** Nobody asks a self-signed certificate's issuer; who trusts it must be told. */
  @Override
  public Optional<Failure> revoke(Chain chain, RevocationReason reason) {
    return Optional.of(
        new Failure.Permanent("no-authority", "a self-signed certificate cannot be revoked"));
  }

  @Override
  public List<Finding> check() {
    return List.of();
  }
}
