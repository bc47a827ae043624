package dev.perch.certmon.issue;

import java.util.List;
import java.util.Optional;

/**
 * Somebody who signs. Safe for use by several threads; every method blocks.
 *
 * <p>An issuer keeps nothing that is not in the {@link Issuance}: another process with the same
 * settings and keys goes on from any state.
 */
public sealed interface Issuer extends AutoCloseable
    permits SelfSignedIssuer, CaIssuer, AcmeIssuer, CsrApiIssuer {

  /**
   * Does the next step of an issuance, in which at most one thing changes at the authority. The
   * caller commits the step's state before it calls again. A step may be repeated after a crash: it
   * looks first what has become of the earlier attempt.
   *
   * <p>Nothing that the authority or the network does makes this throw.
   *
   * @throws IllegalArgumentException if the state is {@link Issuance.Issued}, or of another kind of
   *     issuer
   */
  Step advance(CertificateRequest request, Issuance state);

  /**
   * Asks the authority to revoke a leaf it has issued. Done before is as good as done.
   *
   * @return why it did not happen; empty if it did
   */
  Optional<Failure> revoke(Chain chain, RevocationReason reason);

  /**
   * Looks whether the authority is there, and changes nothing.
   *
   * @return why it could not be talked to; empty if it could, or if nobody needs to be
   */
  default Optional<Failure> reach() {
    return Optional.empty();
  }

  /** Everything that would keep it from issuing now; empty if nothing is wrong. */
  List<Finding> check();

  @Override
  default void close() {}
}
