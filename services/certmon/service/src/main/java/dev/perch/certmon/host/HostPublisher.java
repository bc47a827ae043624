package dev.perch.certmon.host;

import dev.perch.certmon.publish.Ledger;
import dev.perch.certmon.publish.Ledger.Issued;
import dev.perch.certmon.publish.Publisher;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Publication;
import dev.perch.contract.certmon.Target;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.WorkItems;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Publishes to hosts by documents, which inventory carries to their agents. The document, its place
 * in the outbox and what is known of it are one transaction; whoever looks again after a crash
 * finds the same to do, or nothing.
 *
 * <p>While a key is waited for, the files stay those of the revision in use, also if the host has
 * lost the key of that one: the files serve until there are others. A key that is in no file is
 * named as a request for as long as its revision can be rolled back to, so that the host keeps it.
 */
public final class HostPublisher implements Publisher {
  private final Database database;
  private final Ledger ledger;
  private final HostDocuments documents;
  private final WorkItems items;
  private final Clock clock;

  public HostPublisher(
      Database database, Ledger ledger, HostDocuments documents, WorkItems items, Clock clock) {
    this.database = database;
    this.ledger = ledger;
    this.documents = documents;
    this.items = items;
    this.clock = clock;
  }

  @Override
  public Class<? extends Target.Place> kind() {
    return Target.HostFolder.class;
  }

  @Override
  public Outcome publish(Claim claim, UUID id) throws SQLException {
    database.run(
        connection -> {
          Optional<Certificate> certificate = ledger.lock(connection, id);
          if (certificate.isPresent()) {
            publish(connection, certificate.get());
          }
          items.requireHeld(connection, claim);
        });
    ledger.committed();
    return new Outcome.Done();
  }

  private void publish(Connection connection, Certificate certificate) throws SQLException {
    Optional<Target.HostFolder> folder =
        certificate.targets().stream().map(Target::host).filter(Objects::nonNull).findFirst();
    if (folder.isPresent()) {
      publish(connection, certificate, folder.get());
    } else {
      withdraw(connection, certificate);
    }
  }

  private void publish(Connection connection, Certificate certificate, Target.HostFolder folder)
      throws SQLException {
    Publication known = certificate.publications().stream().findFirst().orElse(null);
    HostDocuments.Wanted wanted = wanted(connection, certificate, folder);
    Optional<HostDocuments.Kept> before =
        HostDocuments.find(connection, certificate.id())
            .filter(kept -> kept.host().equals(folder.hostId()));
    if (before.isEmpty() && wanted.spec().wantsNothing()) {
      withdraw(connection, certificate);
      ledger.published(connection, certificate, List.of(Verdict.unasked(known, clock.instant())));
      return;
    }
    HostDocuments.Kept document = documents.put(connection, wanted);
    boolean sent = before.isEmpty() || before.get().since() != document.since();
    Optional<HostReport> report = ReportTable.find(connection, document.host(), certificate.id());
    ledger.published(
        connection,
        certificate,
        List.of(Verdict.next(known, document, sent, report, wanted.spec(), clock.instant())));
    Optional<HostKey> awaited = HostKeys.awaited(connection, certificate.id());
    boolean answered = awaited.isPresent() && answer(document, report, awaited.get()).isPresent();
    if (hasLost(connection, document, report) || answered) {
      ledger.goOn(connection, certificate);
    }
  }

  /** Whether the host says, for the first time, that a key is not there any more. */
  private static boolean hasLost(
      Connection connection, HostDocuments.Kept document, Optional<HostReport> report)
      throws SQLException {
    List<String> lost = report.map(HostReport::lost).orElse(List.of());
    return !lost.isEmpty()
        && HostKeys.lose(connection, document.certificate(), document.host(), lost);
  }

  /** The request for a key, PEM, if the newest document was answered; empty until then. */
  public static Optional<String> answer(
      HostDocuments.Kept document, Optional<HostReport> report, HostKey key) {
    return report
        .filter(said -> said.generation() == document.generation())
        .flatMap(said -> said.request(key.name()));
  }

  private HostDocuments.Wanted wanted(
      Connection connection, Certificate certificate, Target.HostFolder folder)
      throws SQLException {
    List<HostKey> needed = HostKeys.needed(connection, certificate.id(), folder.hostId());
    Optional<Issued> issued =
        ledger
            .issued(connection, certificate)
            .filter(one -> needed.stream().anyMatch(key -> key.name().equals(one.hostKey())));
    Optional<KnownHosts.KnownHost> host = KnownHosts.find(connection, folder.hostId());
    return new HostDocuments.Wanted(
        certificate.id(),
        folder.hostId(),
        host.map(KnownHosts.KnownHost::site).orElse(certificate.siteId()),
        issued.map(Issued::number).orElse(null),
        ledger.askedFor(certificate),
        new FileSets(certificate, folder).of(issued, needed));
  }

  @Override
  public void withdraw(Connection connection, Certificate last) throws SQLException {
    Optional<HostDocuments.Kept> kept = HostDocuments.find(connection, last.id());
    if (kept.isPresent()) {
      documents.withdraw(connection, kept.get());
    }
    HostKeys.giveUp(connection, last.id());
  }
}
