package dev.perch.certmon.certificate;

import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.renewal.RenewalPlan;
import dev.perch.certmon.renewal.Validity;
import dev.perch.contract.Cause;
import dev.perch.contract.certmon.Certificate;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.timeline.ResourceBook;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes a revision into use, in a transaction that holds the certificate's row. */
record Acceptor(Connection connection, ResourceBook<Certificate> certificates, Policy policy) {

  /** What was issued is used from now on. */
  Outcome use(Situation situation, Issuing issuing, Chain chain) throws SQLException {
    Certificate certificate = situation.certificate();
    Revised before = situation.active();
    if (before != null) {
      Revisions.setStatus(connection, certificate.id(), before.number(), Revised.Status.SUPERSEDED);
    }
    Revisions.insert(connection, issuing, chain, null);
    Situation.answered(connection, certificate.id());
    Issuings.end(connection, certificate.id());
    if (situation.keyLost() != null) {
      Revisions.forgetLostKeys(connection, certificate.id());
    }
    Instant at = made(certificate, issuing.number(), chain, CertificateWork.ISSUED);
    if (issuing.number() > policy.keptRevisions()) {
      Revisions.forgetKeys(connection, certificate.id(), issuing.number(), policy.keptRevisions());
    }
    return at == null ? new Outcome.Done() : new Outcome.At(at);
  }

  /** A revision that was used before is used again. */
  void back(Certificate certificate, @Nullable Revised before, Revised to, Cause cause)
      throws SQLException {
    if (before != null) {
      Revisions.setStatus(connection, certificate.id(), before.number(), Revised.Status.SUPERSEDED);
    }
    Revisions.setStatus(connection, certificate.id(), to.number(), Revised.Status.ACTIVE);
    made(certificate, to.number(), Chain.fromPem(to.chain()), cause);
  }

  /** Makes the certificate's next version; answers when it will be renewed. */
  private @Nullable Instant made(Certificate certificate, int number, Chain chain, Cause cause)
      throws SQLException {
    Instant at =
        certificate.suspended()
            ? null
            : RenewalPlan.of(
                    certificate.id(),
                    number,
                    new Validity(chain.notBefore(), chain.notAfter()),
                    certificate.renewal(),
                    policy.look(),
                    // Nobody has asked about it yet; whoever does has it planned again.
                    null)
                .at();
    certificates.replace(
        connection, certificate, Next.using(certificate, shown(number, chain), at), cause);
    return at;
  }

  private static Certificate.Revision shown(int number, Chain chain) {
    return new Certificate.Revision(
        number,
        chain.serial().toString(16),
        chain.fingerprint(),
        chain.spkiSha256(),
        chain.leaf().getIssuerX500Principal().getName(),
        chain.notBefore(),
        chain.notAfter());
  }
}
