package dev.perch.certmon.assignment;

import dev.perch.certmon.host.KnownHosts;
import dev.perch.certmon.host.KnownHosts.KnownHost;
import dev.perch.contract.certmon.CertificateRule;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.Reconciler;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.timeline.ResourceBook;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Has the hosts of a rule that was made, changed or removed looked at, one by one, by {@link
 * AssignmentWork}: those that match, and those that have a certificate by it.
 */
final class RuleWork implements Reconciler {
  static final String QUEUE = "rules";
  private static final int AT_ONCE = 1000;

  private final Database database;
  private final ResourceBook<CertificateRule> rules;
  private final WorkItems items;

  RuleWork(Database database, ResourceBook<CertificateRule> rules, WorkItems items) {
    this.database = database;
    this.rules = rules;
    this.items = items;
  }

  @Override
  public Outcome reconcile(Claim claim) throws SQLException {
    UUID id = UUID.fromString(claim.key());
    // Afterwards: who was just giving a host its certificate, by the rule as it was, has ended.
    Optional<CertificateRule> rule = database.each(connection -> rules.find(connection, id));
    wake(
        claim,
        database.each(connection -> Assignments.of(connection, id)).stream()
            .map(Assignment::host)
            .toList());
    if (rule.isEmpty()) {
      return new Outcome.Done();
    }
    HostLabels wanted = HostLabels.of(rule.get());
    UUID last = new UUID(0, 0);
    while (true) {
      UUID after = last;
      List<KnownHost> hosts =
          database.each(connection -> KnownHosts.after(connection, after, AT_ONCE));
      if (hosts.isEmpty()) {
        return new Outcome.Done();
      }
      wake(claim, hosts.stream().filter(wanted::match).map(KnownHost::id).toList());
      last = hosts.getLast().id();
    }
  }

  private void wake(Claim claim, List<UUID> hosts) throws SQLException {
    for (int from = 0; from < hosts.size(); from += AT_ONCE) {
      Set<String> keys =
          hosts.subList(from, Math.min(from + AT_ONCE, hosts.size())).stream()
              .map(UUID::toString)
              .collect(Collectors.toUnmodifiableSet());
      database.run(
          connection -> {
            items.wake(connection, KnownHosts.ARRIVALS, keys);
            items.requireHeld(connection, claim);
          });
      items.ring(KnownHosts.ARRIVALS);
    }
  }
}
