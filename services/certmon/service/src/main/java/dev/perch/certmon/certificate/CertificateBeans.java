package dev.perch.certmon.certificate;

import dev.perch.certmon.CertmonConfig;
import dev.perch.certmon.host.KnownHosts;
import dev.perch.certmon.issuer.Signers;
import dev.perch.certmon.key.Keys;
import dev.perch.certmon.publish.Ledger;
import dev.perch.certmon.publish.PublicationWork;
import dev.perch.certmon.publish.Publications;
import dev.perch.certmon.publish.Publisher;
import dev.perch.contract.certmon.Certificate;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.outbox.StateSource;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.reconcile.WorkQueue;
import dev.perch.kit.timeline.ResourceBook;
import dev.perch.kit.timeline.ResourceStates;
import dev.perch.kit.timeline.Timeline;
import io.quarkus.arc.All;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** Puts the parts together. */
@Dependent
final class CertificateBeans {
  /** Few are revoked, and no certificate waits for it. */
  private static final int REVOCATIONS = 2;

  private static final int DEPARTURES = 1;
  private static final int QUESTIONS = 4;
  private static final int PROBES = 2;

  @Produces
  @Singleton
  StateSource states(Database database, Outbox outbox) {
    return new ResourceStates<>(Certificates.KIND, database, outbox);
  }

  @Produces
  @Singleton
  Policy policy(CertmonConfig config) {
    return new Policy(config.lookEvery(), config.keptRevisions());
  }

  @Produces
  @Singleton
  Signing signing(Database database, Timeline timeline, Signers signers, Keys keys, Clock clock) {
    return new Signing(database, book(timeline), signers, keys, clock);
  }

  @Produces
  @Singleton
  Actions actions(
      Database database,
      Timeline timeline,
      Signers signers,
      WorkItems items,
      @All List<Publisher> publishers,
      Policy policy,
      Clock clock) {
    return new Actions(database, book(timeline), signers, items, publishers, policy, clock);
  }

  @Produces
  @Singleton
  RuledCertificates ruled(Timeline timeline, Actions actions, WorkItems items) {
    return new RuledCertificates(book(timeline), actions, items);
  }

  @Produces
  @Singleton
  WorkQueue queue(
      Database database,
      Timeline timeline,
      Keys keys,
      Signing signing,
      Pacing pacing,
      WorkItems items,
      Policy policy,
      Clock clock,
      CertmonConfig config) {
    ResourceBook<Certificate> book = book(timeline);
    return new WorkQueue(
        CertificateWork.QUEUE,
        config.parallelism(),
        new CertificateWork(
            database,
            book,
            new Preparation(database, book, keys, items),
            signing,
            pacing,
            items,
            policy,
            clock));
  }

  @Produces
  @Singleton
  Pacing pacing(Database database, WorkItems items, Clock clock) {
    return new Pacing(database, items, clock);
  }

  @Produces
  @Singleton
  WorkQueue probes(
      Database database, Signers signers, Pacing pacing, WorkItems items, Clock clock) {
    return new WorkQueue(
        ProbeWork.QUEUE, PROBES, new ProbeWork(database, signers, pacing, items, clock));
  }

  @Produces
  @Singleton
  WorkQueue renewalInfo(Database database, Signing signing, Signers signers, WorkItems items) {
    return new WorkQueue(
        RenewalInfoWork.QUEUE, QUESTIONS, new RenewalInfoWork(database, signing, signers, items));
  }

  @Produces
  @Singleton
  WorkQueue revocations(Database database, Signers signers, WorkItems items) {
    return new WorkQueue(
        RevocationWork.QUEUE, REVOCATIONS, new RevocationWork(database, signers, items));
  }

  @Produces
  @Singleton
  Ledger ledger(Timeline timeline, Signers signers, WorkItems items) {
    return new CertificateLedger(book(timeline), signers, items);
  }

  @Produces
  @Singleton
  WorkQueue publications(@All List<Publisher> publishers, CertmonConfig config) {
    return new WorkQueue(Publications.QUEUE, config.parallelism(), new PublicationWork(publishers));
  }

  @Produces
  @Singleton
  WorkQueue departures(Database database, Actions actions, CertmonConfig config, Clock clock) {
    return new WorkQueue(
        KnownHosts.DEPARTURES,
        DEPARTURES,
        new Departures(database, actions, config.hostGone(), clock));
  }

  private static ResourceBook<Certificate> book(Timeline timeline) {
    return new ResourceBook<>(Certificates.KIND, timeline);
  }
}
