package dev.perch.certmon.certificate;

import dev.perch.certmon.issue.Acceptance;
import dev.perch.certmon.issue.CertificateRequest;
import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.issue.Flaw;
import dev.perch.certmon.publish.Publications;
import dev.perch.certmon.renewal.Retry;
import dev.perch.contract.certmon.Certificate;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.ErrorClass;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.timeline.ResourceBook;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes what was issued into use, or rejects it and keeps what is in use. */
record Examination(
    Database database,
    ResourceBook<Certificate> certificates,
    Signing signing,
    WorkItems items,
    Policy policy,
    Clock clock) {

  Outcome of(
      Claim claim, Issuing issuing, CertificateRequest request, Chain chain, Signing.Signer signer)
      throws SQLException {
    Outcome outcome =
        database.transaction(
            connection -> {
              Optional<Situation> found = signing.lock(connection, issuing.certificate());
              if (found.isEmpty()) {
                return new Outcome.Done();
              }
              Situation situation = found.get();
              List<Flaw> flaws =
                  Acceptance.examine(
                      chain,
                      request,
                      signing.expectation(situation, issuing, chain, signer),
                      clock.instant());
              Outcome after =
                  flaws.isEmpty()
                      ? new Acceptor(connection, certificates, policy)
                          .use(situation, issuing, chain)
                      : reject(connection, claim, situation, issuing, chain, flaws);
              Publications.wake(connection, items, situation.certificate());
              if (situation.issuer().acme() != null) {
                items.wake(connection, RenewalInfoWork.QUEUE, Set.of(claim.key()));
              }
              items.requireHeld(connection, claim);
              return after;
            });
    certificates.published();
    items.ring(Publications.QUEUE);
    items.ring(RenewalInfoWork.QUEUE);
    return outcome;
  }

  private Outcome reject(
      Connection connection,
      Claim claim,
      Situation situation,
      Issuing issuing,
      Chain chain,
      List<Flaw> flaws)
      throws SQLException {
    String detail =
        flaws.stream()
            .map(flaw -> flaw.code() + ": " + flaw.detail())
            .collect(Collectors.joining("; "));
    Revisions.insert(connection, issuing, chain, detail);
    Issuings.end(connection, issuing.certificate());
    Instant now = clock.instant();
    certificates.replace(
        connection,
        situation.certificate(),
        Next.failed(situation.certificate(), "refused", detail, now),
        CertificateWork.FAILED);
    return new Outcome.Failed(
        ErrorClass.REFUSED, detail, Retry.PERMANENT.after(claim.attempt(), situation.left(now)));
  }
}
