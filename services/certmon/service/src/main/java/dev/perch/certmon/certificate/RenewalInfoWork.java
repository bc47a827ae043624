package dev.perch.certmon.certificate;

import dev.perch.certmon.issue.AcmeIssuer;
import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.issue.RenewalWindow;
import dev.perch.certmon.issuer.Signers;
import dev.perch.certmon.pace.Paces;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.Reconciler;
import dev.perch.kit.reconcile.WorkItems;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the issuer of the revision in use when it would like it to be renewed (RFC 9773), as often
 * as that says, but every six hours at least: so a revocation of many is learned of in time. What
 * was said last holds while it cannot be asked.
 */
public final class RenewalInfoWork implements Reconciler {
  public static final String QUEUE = "renewal-info";

  private static final Logger LOG = LoggerFactory.getLogger(RenewalInfoWork.class);
  private static final Duration LONGEST = Duration.ofHours(6);
  private static final Duration AFTER_A_FAULT = Duration.ofHours(1);

  private final Database database;
  private final Signing signing;
  private final Signers signers;
  private final WorkItems items;

  public RenewalInfoWork(Database database, Signing signing, Signers signers, WorkItems items) {
    this.database = database;
    this.signing = signing;
    this.signers = signers;
    this.items = items;
  }

  @Override
  public Outcome reconcile(Claim claim) throws SQLException {
    UUID id = UUID.fromString(claim.key());
    Optional<Situation> found = database.each(connection -> signing.situation(connection, id));
    Revised active = found.map(Situation::active).orElse(null);
    if (active == null || !active.issuerId().equals(found.get().issuer().id())) {
      // Whoever takes the next one into use wakes this.
      return new Outcome.Done();
    }
    var issuer = found.get().issuer();
    if (issuer.acme() == null) {
      return new Outcome.Done();
    }
    if (database.each(connection -> Paces.find(connection, issuer.id())).away()) {
      return new Outcome.Again(AFTER_A_FAULT);
    }
    return database.each(connection -> signers.open(connection, issuer)) instanceof AcmeIssuer acme
        ? ask(claim, acme, id, active)
        : new Outcome.Done();
  }

  private Outcome ask(Claim claim, AcmeIssuer acme, UUID id, Revised active) throws SQLException {
    Optional<RenewalWindow> window;
    try {
      window = acme.renewalInfo(Chain.fromPem(active.chain()));
    } catch (IOException e) {
      LOG.atDebug()
          .addKeyValue("key", id)
          .addKeyValue("fault", e.getMessage())
          .log("An issuer did not say when to renew");
      return new Outcome.Again(AFTER_A_FAULT);
    }
    database.run(
        connection -> {
          if (window.isPresent()) {
            Suggestions.keep(connection, id, active.number(), window.get());
          } else {
            Suggestions.forget(connection, id);
          }
          // Planned again; the same plan changes nothing.
          items.wake(connection, CertificateWork.QUEUE, Set.of(id.toString()));
          items.requireHeld(connection, claim);
        });
    items.ring(CertificateWork.QUEUE);
    Duration wished = window.map(RenewalWindow::askAgainAfter).orElse(LONGEST);
    return new Outcome.Again(wished.compareTo(LONGEST) < 0 ? wished : LONGEST);
  }
}
