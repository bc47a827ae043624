package dev.perch.certmon.assignment;

import dev.perch.certmon.certificate.CertificateSpec;
import dev.perch.certmon.certificate.RuledCertificates;
import dev.perch.certmon.host.KnownHosts;
import dev.perch.certmon.host.KnownHosts.KnownHost;
import dev.perch.contract.Cause;
import dev.perch.contract.certmon.CertificateRule;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.ErrorClass;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.Reconciler;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.timeline.ResourceBook;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives one host the certificates that rules want it to have, and takes away those that none wants
 * any more. For each rule it is one transaction, which holds rule and host as they are: the
 * certificate and the row that says whose it is are made together or not at all.
 *
 * <p>A host that has gone is left alone: all its certificates go with it, whoever wanted them.
 */
public final class AssignmentWork implements Reconciler {
  private static final String SERVICE = "service:certmon";
  private static final String NAME_TAKEN = "23505";

  private final Database database;
  private final ResourceBook<CertificateRule> rules;
  private final RuledCertificates certificates;
  private final WorkItems items;
  private final Duration patience;
  private final Clock clock;

  /**
   * @param patience how long a host must not match before its certificate is taken away
   */
  public AssignmentWork(
      Database database,
      ResourceBook<CertificateRule> rules,
      RuledCertificates certificates,
      WorkItems items,
      Duration patience,
      Clock clock) {
    this.database = database;
    this.rules = rules;
    this.certificates = certificates;
    this.items = items;
    this.patience = patience;
    this.clock = clock;
  }

  /** What of a host and a rule is left to do. */
  private sealed interface Rest {
    record Nothing() implements Rest {}

    record Later(Instant at) implements Rest {}

    record Cannot(String why) implements Rest {}
  }

  @Override
  public Outcome reconcile(Claim claim) throws SQLException {
    UUID host = UUID.fromString(claim.key());
    List<String> wrong = new ArrayList<>();
    Instant next = null;
    for (UUID rule : database.each(connection -> Assignments.rules(connection, host))) {
      claim.requireHeld();
      switch (settle(claim, rule, host)) {
        case Rest.Nothing nothing -> {}
        case Rest.Later(Instant at) -> next = next == null || at.isBefore(next) ? at : next;
        case Rest.Cannot(String why) -> wrong.add(why);
      }
    }
    if (!wrong.isEmpty()) {
      return new Outcome.Failed(ErrorClass.MISCONFIGURED, String.join("; ", wrong), until(next));
    }
    return next == null ? new Outcome.Done() : new Outcome.At(next);
  }

  /** What can be done on time is not put off by what cannot be done. */
  private @Nullable Duration until(@Nullable Instant next) {
    if (next == null) {
      return null;
    }
    Duration left = Duration.between(clock.instant(), next);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private Rest settle(Claim claim, UUID rule, UUID host) throws SQLException {
    try {
      Rest rest =
          database.transaction(
              connection -> {
                Rest left = settle(connection, rule, host);
                items.requireHeld(connection, claim);
                return left;
              });
      certificates.committed();
      return rest;
    } catch (SQLException e) {
      if (NAME_TAKEN.equals(e.getSQLState())) {
        return new Rest.Cannot("rule " + rule + ": another certificate of the site has its name");
      }
      throw e;
    }
  }

  private Rest settle(Connection connection, UUID ruleId, UUID hostId) throws SQLException {
    Optional<CertificateRule> rule = rules.share(connection, ruleId);
    Optional<KnownHost> known = KnownHosts.share(connection, hostId);
    Optional<Assignment> has = Assignments.find(connection, ruleId, hostId);
    if (known.isEmpty() || known.get().goneAt() != null || known.get().labels() == null) {
      return new Rest.Nothing();
    }
    KnownHost host = known.get();
    if (rule.isEmpty()) {
      return has.isEmpty()
          ? new Rest.Nothing()
          : removed(connection, has.get(), "rule.removed", "Its rule was removed.");
    }
    if (!HostLabels.of(rule.get()).match(host)) {
      return has.isEmpty()
          ? new Rest.Nothing()
          : unmatched(connection, has.get(), rule.get(), host);
    }
    if (has.isPresent() && has.get().unmatchedAt() != null) {
      Assignments.matched(connection, has.get(), true);
    }
    return switch (Draft.of(RuleSpec.of(rule.get()), host)) {
      case Draft.Unfit(String why) -> new Rest.Cannot("rule " + rule.get().name() + ": " + why);
      case Draft.Fit(CertificateSpec spec) ->
          has.isPresent()
              ? changed(connection, has.get(), rule.get(), spec)
              : created(connection, rule.get(), host, spec);
    };
  }

  private Rest created(
      Connection connection, CertificateRule rule, KnownHost host, CertificateSpec spec)
      throws SQLException {
    Cause cause =
        cause("rule.match", "The host " + host.name() + " matches the rule " + rule.name() + ".");
    Optional<UUID> made = certificates.create(connection, rule.id(), spec, cause);
    if (made.isEmpty()) {
      return new Rest.Cannot(
          "rule " + rule.name() + ": another certificate of the site is called " + spec.name());
    }
    Assignments.insert(connection, rule.id(), host.id(), made.get());
    return new Rest.Nothing();
  }

  private Rest changed(
      Connection connection, Assignment has, CertificateRule rule, CertificateSpec spec)
      throws SQLException {
    Cause cause = cause("rule.change", "The rule " + rule.name() + " or its host was changed.");
    certificates.change(connection, has.certificate(), spec, cause);
    return new Rest.Nothing();
  }

  private Rest unmatched(
      Connection connection, Assignment has, CertificateRule rule, KnownHost host)
      throws SQLException {
    Instant since = has.unmatchedAt();
    if (since == null) {
      since = Assignments.matched(connection, has, false);
    }
    Instant due = (since == null ? clock.instant() : since).plus(patience);
    return due.isAfter(clock.instant())
        ? new Rest.Later(due)
        : removed(
            connection,
            has,
            "rule.unmatch",
            "The host " + host.name() + " does not match the rule " + rule.name() + " any more.");
  }

  private Rest removed(Connection connection, Assignment has, String operation, String reason)
      throws SQLException {
    certificates.remove(connection, has.certificate(), cause(operation, reason));
    return new Rest.Nothing();
  }

  private static Cause cause(String operation, String reason) {
    return new Cause(SERVICE, operation, reason);
  }
}
