package dev.perch.certmon.certificate;

import dev.perch.certmon.issue.RevocationReason;
import dev.perch.certmon.issuer.IssuerWork;
import dev.perch.certmon.issuer.Revocations;
import dev.perch.certmon.issuer.Signers;
import dev.perch.certmon.pace.BudgetOverride;
import dev.perch.certmon.publish.Publications;
import dev.perch.certmon.publish.Publisher;
import dev.perch.contract.Cause;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.timeline.ResourceBook;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done to a certificate that exists. Each action is one blocking transaction. */
public final class Actions {
  private static final Logger LOG = LoggerFactory.getLogger(Actions.class);

  private final Database database;
  private final ResourceBook<Certificate> certificates;
  private final Signers signers;
  private final WorkItems items;
  private final List<Publisher> publishers;
  private final Policy policy;
  private final Clock clock;

  public Actions(
      Database database,
      ResourceBook<Certificate> certificates,
      Signers signers,
      WorkItems items,
      List<Publisher> publishers,
      Policy policy,
      Clock clock) {
    this.database = database;
    this.certificates = certificates;
    this.signers = signers;
    this.items = items;
    this.publishers = List.copyOf(publishers);
    this.policy = policy;
    this.clock = clock;
  }

  @FunctionalInterface
  private interface Action {
    void on(Connection connection, Situation situation) throws SQLException;
  }

  /**
   * Renews it as soon as that can be done, whatever its policy, windows or suspension say.
   *
   * @param overBudget also if it was issued or ordered too often; who had that done is kept
   */
  Certificate renew(
      UUID id, boolean newKey, boolean overBudget, Consumer<Certificate> check, Cause cause)
      throws SQLException {
    Certificate done =
        run(
            id,
            check,
            (connection, situation) -> {
              if (Signers.isElsewhere(situation.issuer())) {
                requireBudget(connection, situation, overBudget, cause);
              }
              Situation.ask(connection, id, newKey);
              noted(connection, situation, cause);
            });
    certificates.published();
    items.ring(CertificateWork.QUEUE);
    return done;
  }

  /**
   * Revokes revisions that have not run out.
   *
   * @param all also those that were in use before; otherwise the one in use
   */
  Certificate revoke(
      UUID id, RevocationReason reason, boolean all, Consumer<Certificate> check, Cause cause)
      throws SQLException {
    Certificate done =
        run(
            id,
            check,
            (connection, situation) -> {
              requireRevoking(situation.issuer());
              List<Revised> revoked = revoke(connection, situation, reason, all);
              if (revoked.isEmpty()) {
                throw conflict(
                    "Nothing is left to revoke.",
                    "certificate.nothing-valid",
                    "Every revision has run out or is revoked.");
              }
              if (revoked.stream().anyMatch(one -> one.status() == Revised.Status.ACTIVE)) {
                certificates.replace(
                    connection,
                    situation.certificate(),
                    Next.revoked(situation.certificate()),
                    cause);
              } else {
                noted(connection, situation, cause);
              }
            });
    certificates.published();
    items.ring(IssuerWork.QUEUE);
    items.ring(RevocationWork.QUEUE);
    return done;
  }

  /** Uses a revision again that was used before, with its key. */
  Certificate rollBack(UUID id, int number, Consumer<Certificate> check, Cause cause)
      throws SQLException {
    Certificate done =
        run(
            id,
            check,
            (connection, situation) -> {
              Revised to =
                  Revisions.find(connection, id, number)
                      .orElseThrow(
                          () ->
                              new Problem.NotFound("There is no revision " + number + ".")
                                  .asException());
              requireUsable(to);
              new Acceptor(connection, certificates, policy)
                  .back(situation.certificate(), situation.active(), to, cause);
              items.wake(connection, RenewalInfoWork.QUEUE, Set.of(id.toString()));
            });
    certificates.published();
    items.ring(CertificateWork.QUEUE);
    items.ring(Publications.QUEUE);
    return done;
  }

  /** Removes it with its keys; what is still valid is revoked, if it says so. */
  void remove(UUID id, Consumer<Certificate> check, Cause cause) throws SQLException {
    database.run(
        connection -> {
          Situation situation = locked(connection, id);
          check.accept(situation.certificate());
          remove(connection, situation, cause);
        });
    removed();
  }

  /** As {@link #remove}, in the caller's transaction; call {@link #removed} after its commit. */
  void remove(Connection connection, Situation situation, Cause cause) throws SQLException {
    if (situation.certificate().revokeOnDelete() && Signers.canRevoke(situation.issuer())) {
      revoke(connection, situation, RevocationReason.CESSATION_OF_OPERATION, true);
    }
    for (Publisher publisher : publishers) {
      publisher.withdraw(connection, situation.certificate());
    }
    Removal.remove(connection, certificates, situation, cause);
  }

  void removed() {
    certificates.published();
    items.ring(IssuerWork.QUEUE);
    items.ring(RevocationWork.QUEUE);
  }

  /** Makes known who did what, where nothing of the certificate itself differs. */
  private void noted(Connection connection, Situation situation, Cause cause) throws SQLException {
    Certificate before = situation.certificate();
    certificates.replace(connection, before, Next.noted(before), cause);
  }

  private static void requireBudget(
      Connection connection, Situation situation, boolean overBudget, Cause cause)
      throws SQLException {
    Optional<Instant> until = Pacing.usedUpUntil(connection, situation);
    if (until.isEmpty()) {
      return;
    }
    if (!overBudget) {
      throw conflict(
          "It was issued or ordered too often; there is room again at " + until.get() + ".",
          "certificate.budget",
          "Wait, or say overBudget: true. The authority may have limits of its own.");
    }
    BudgetOverride.made(
        connection, situation.certificate().id(), cause.actor(), cause.reason(), until.get());
    LOG.atInfo()
        .addKeyValue("key", situation.certificate().id())
        .addKeyValue("actor", cause.actor())
        .log("A certificate is renewed although its budget is used up");
  }

  private Certificate run(UUID id, Consumer<Certificate> check, Action action) throws SQLException {
    return database.transaction(
        connection -> {
          Situation situation = locked(connection, id);
          check.accept(situation.certificate());
          action.on(connection, situation);
          items.wake(connection, CertificateWork.QUEUE, Set.of(id.toString()));
          Publications.wake(connection, items, situation.certificate());
          return certificates.find(connection, id).orElseThrow();
        });
  }

  Situation locked(Connection connection, UUID id) throws SQLException {
    Optional<Situation> found = Situation.lock(connection, certificates, signers, id);
    return found.orElseThrow(() -> Certificates.KIND.unknown(id));
  }

  /** Those that were revoked, as they were before. */
  private List<Revised> revoke(
      Connection connection, Situation situation, RevocationReason reason, boolean all)
      throws SQLException {
    UUID id = situation.certificate().id();
    List<Revised> revoked =
        Revisions.all(connection, id).stream()
            .filter(one -> one.notAfter().isAfter(clock.instant()))
            .filter(
                one ->
                    one.status() == Revised.Status.ACTIVE
                        || (all && one.status() == Revised.Status.SUPERSEDED))
            .toList();
    for (Revised one : revoked) {
      Revisions.revoke(connection, id, one.number(), reason);
    }
    // In one order, so that two that revoke do not wait for each other.
    Set<String> elsewhere = new TreeSet<>();
    for (UUID by : new TreeSet<>(revoked.stream().map(Revised::issuerId).toList())) {
      Optional<Issuer> issuer = signers.find(connection, by);
      if (issuer.isEmpty() || !Signers.isElsewhere(issuer.get())) {
        Revocations.added(connection, items, by);
      } else if (Signers.canRevoke(issuer.get())) {
        revoked.stream()
            .filter(one -> one.issuerId().equals(by))
            .forEach(one -> elsewhere.add(RevocationWork.key(id, one.number())));
      }
    }
    items.wake(connection, RevocationWork.QUEUE, elsewhere);
    return revoked;
  }

  private void requireUsable(Revised to) {
    if (to.status() != Revised.Status.SUPERSEDED) {
      throw conflict(
          "The revision is " + to.status() + ".",
          "revision.not-superseded",
          "Take one that was in use before: GET …/revisions.");
    }
    if (!to.hasKey() || !to.notAfter().isAfter(clock.instant())) {
      throw conflict(
          "The revision has run out, or its key was forgotten.",
          "revision.not-usable",
          "Take a newer one, or renew.");
    }
  }

  private static void requireRevoking(Issuer issuer) {
    if (!Signers.canRevoke(issuer)) {
      throw new Problem.NoDriver(
              issuer.kind() == Issuer.Kind.SELF_SIGNED
                  ? "What is self-signed cannot be revoked: nobody asks its issuer."
                  : "This issuer has no API that revokes.",
              List.of(
                  new Violation(
                      "issuer.cannot-revoke",
                      "/issuerId",
                      null,
                      "Tell whoever trusts it, and renew it with a new key.")))
          .asException();
    }
  }

  private static RuntimeException conflict(String detail, String code, String remedy) {
    return new Problem.Conflict(detail, List.of(new Violation(code, "", null, remedy)))
        .asException();
  }
}
