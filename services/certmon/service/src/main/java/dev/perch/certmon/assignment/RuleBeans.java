package dev.perch.certmon.assignment;

import dev.perch.certmon.CertmonConfig;
import dev.perch.certmon.certificate.RuledCertificates;
import dev.perch.certmon.host.KnownHosts;
import dev.perch.contract.certmon.CertificateRule;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.outbox.StateSource;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.reconcile.WorkQueue;
import dev.perch.kit.timeline.ResourceBook;
import dev.perch.kit.timeline.ResourceStates;
import dev.perch.kit.timeline.Timeline;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the parts together. */
@Dependent
final class RuleBeans {
  /** Each only wakes others. */
  private static final int RULES = 1;

  /** So many hosts at a time: what follows from a rule is no storm. */
  private static final int HOSTS = 2;

  @Produces
  @Singleton
  StateSource states(Database database, Outbox outbox) {
    return new ResourceStates<>(CertificateRules.KIND, database, outbox);
  }

  @Produces
  @Singleton
  WorkQueue rules(Database database, Timeline timeline, WorkItems items) {
    return new WorkQueue(RuleWork.QUEUE, RULES, new RuleWork(database, book(timeline), items));
  }

  @Produces
  @Singleton
  WorkQueue arrivals(
      Database database,
      Timeline timeline,
      RuledCertificates certificates,
      WorkItems items,
      CertmonConfig config,
      Clock clock) {
    return new WorkQueue(
        KnownHosts.ARRIVALS,
        HOSTS,
        new AssignmentWork(
            database, book(timeline), certificates, items, config.hostGone(), clock));
  }

  private static ResourceBook<CertificateRule> book(Timeline timeline) {
    return new ResourceBook<>(CertificateRules.KIND, timeline);
  }
}
