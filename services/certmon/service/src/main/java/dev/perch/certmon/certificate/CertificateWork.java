package dev.perch.certmon.certificate;

import dev.perch.certmon.issue.CertificateRequest;
import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.issue.Failure;
import dev.perch.certmon.issue.Issuance;
import dev.perch.certmon.issue.Step;
import dev.perch.certmon.publish.Publications;
import dev.perch.contract.Cause;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.Reconciler;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.timeline.ResourceBook;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps one certificate as it is wanted.
 *
 * <pre>
 *   needs one --> key sealed, request kept --> step, step … --> accepted: in use
 *                                                  |    '-----> refused: rejected, the old one stays
 *                                                  '----------> failed: tried again later
 * </pre>
 *
 * Each arrow is one transaction, which ends by making sure that nobody else works on the
 * certificate. Whatever was committed is gone on with by whoever claims it next; what an issuer was
 * asked before a crash is looked for by its own state and not asked again.
 */
public final class CertificateWork implements Reconciler {
  public static final String QUEUE = "certificates";
  static final Cause ISSUED = new Cause("service:certmon", "certificate.issue", null);
  static final Cause FAILED = new Cause("service:certmon", "certificate.fail", null);
  static final Cause PLANNED = new Cause("service:certmon", "certificate.plan", null);

  /** A CA is made ready within a second. */
  private static final Duration ISSUER_READY = Duration.ofSeconds(1);

  /** What a host answers is heard at once; this only finds what went unheard. */
  private static final Duration HOST_ANSWERS = Duration.ofHours(1);

  private final Database database;
  private final ResourceBook<Certificate> certificates;
  private final Preparation preparation;
  private final Signing signing;
  private final Pacing pacing;
  private final Examination examination;
  private final WorkItems items;
  private final Policy policy;
  private final Clock clock;

  public CertificateWork(
      Database database,
      ResourceBook<Certificate> certificates,
      Preparation preparation,
      Signing signing,
      Pacing pacing,
      WorkItems items,
      Policy policy,
      Clock clock) {
    this.database = database;
    this.certificates = certificates;
    this.preparation = preparation;
    this.signing = signing;
    this.pacing = pacing;
    this.examination = new Examination(database, certificates, signing, items, policy, clock);
    this.items = items;
    this.policy = policy;
    this.clock = clock;
  }

  @Override
  public Outcome reconcile(Claim claim) throws SQLException {
    UUID id = UUID.fromString(claim.key());
    Optional<Situation> found = database.each(connection -> signing.situation(connection, id));
    if (found.isEmpty()) {
      return new Outcome.Done();
    }
    Situation situation = found.get();
    Issuing issuing = situation.issuing();
    if (issuing != null) {
      return isOf(situation, issuing)
          ? issue(claim, situation, issuing)
          : superseded(claim, situation);
    }
    return switch (situation.need(clock.instant(), policy.look())) {
      case Need.Later later -> planned(claim, situation, later.at());
      case Need.Never never -> new Outcome.Done();
      case Need.Now now when situation.issuer().state() == Issuer.State.PENDING ->
          new Outcome.Again(ISSUER_READY);
      case Need.Now now when situation.issuer().state() == Issuer.State.EXPIRED ->
          failed(
              claim,
              situation,
              new Failure.NeedsHuman("issuer-expired", "the CA's own certificate has run out"));
      case Need.Now now ->
          switch (preparation.begin(claim, situation, now)) {
            case Begun.Ready(Issuing begun) -> issue(claim, situation, begun);
            case Begun.Changed changed -> new Outcome.Again(Duration.ZERO);
            case Begun.Waiting waiting -> new Outcome.Again(HOST_ANSWERS);
            case Begun.Refused(String detail) ->
                failed(claim, situation, new Failure.Permanent("request-refused", detail));
          };
    };
  }

  /**
   * Whether what is on its way is still what is wanted. Once the issuer may have signed it, it is
   * gone on with: what it signs is kept and may be revoked. What nobody outside knows of yet begins
   * anew for somebody who asks, lest it be issued twice.
   */
  private static boolean isOf(Situation situation, Issuing issuing) {
    Need.Asked asked = situation.asked();
    if (asked != null && asked.afterwards() && issuing.state() instanceof Issuance.Requested) {
      return false;
    }
    return issuing.state() instanceof Issuance.Finalizing
        || issuing.askedFor().equals(CertificateSpec.askedFor(situation.certificate()));
  }

  /** The certificate was changed before the issuer was asked to sign. */
  private Outcome superseded(Claim claim, Situation situation) throws SQLException {
    UUID id = situation.certificate().id();
    database.run(
        connection -> {
          certificates.lock(connection, id);
          Optional<Issuing> issuing = Issuings.find(connection, id);
          Issuings.end(connection, id);
          UUID key = issuing.map(Issuing::key).orElse(null);
          if (key != null) {
            Revisions.sweep(connection, List.of(key));
          }
          Publications.wake(connection, items, situation.certificate());
          items.requireHeld(connection, claim);
        });
    return new Outcome.Again(Duration.ZERO);
  }

  private Outcome issue(Claim claim, Situation situation, Issuing issuing) throws SQLException {
    Issuing now = issuing;
    CertificateRequest request = situation.request(now);
    Signing.Signer signer = signing.open(now);
    while (true) {
      claim.requireHeld();
      Optional<Instant> turn = pacing.turn(situation, signer.kept(), now);
      if (turn.isPresent()) {
        return new Outcome.At(turn.get());
      }
      Step step = signer.issuer().advance(request, now.state());
      pacing.seen(signer.kept(), now, step);
      switch (step) {
        case Step.Advanced(Issuance.Issued issued) -> {
          Chain chain = issued.chain();
          return examination.of(claim, now, request, chain, signer);
        }
        case Step.Advanced(Issuance next) -> now = advance(claim, now.at(next));
        case Step.Waiting(Issuance next, Duration pause) -> {
          advance(claim, now.at(next));
          return new Outcome.Again(pause);
        }
        case Step.Failed(Issuance next, Failure failure) -> {
          if (!(next instanceof Issuance.Issued)) {
            now = advance(claim, now.at(next));
          }
          return pacing.after(signer.kept(), failure, failed(claim, situation, failure));
        }
      }
    }
  }

  private Issuing advance(Claim claim, Issuing next) throws SQLException {
    database.run(
        connection -> {
          Issuings.advance(connection, next);
          items.requireHeld(connection, claim);
        });
    return next;
  }

  private Outcome.Failed failed(Claim claim, Situation situation, Failure failure)
      throws SQLException {
    Instant now = clock.instant();
    database.run(
        connection -> {
          certificates.change(
              connection,
              situation.certificate().id(),
              before -> Next.failed(before, failure.code(), failure.detail(), now),
              FAILED);
          items.requireHeld(connection, claim);
        });
    certificates.published();
    return Refused.outcome(failure, claim.attempt(), situation.left(now));
  }

  /** Makes known when it will be renewed, if that has changed. */
  private Outcome planned(Claim claim, Situation situation, Instant at) throws SQLException {
    if (!at.equals(situation.certificate().renewAt())) {
      database.run(
          connection -> {
            certificates.change(
                connection,
                situation.certificate().id(),
                before -> Next.renewedAt(before, at),
                PLANNED);
            items.requireHeld(connection, claim);
          });
      certificates.published();
    }
    return new Outcome.At(at);
  }
}
