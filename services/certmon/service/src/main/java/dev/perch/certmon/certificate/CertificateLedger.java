package dev.perch.certmon.certificate;

import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.issuer.Signers;
import dev.perch.certmon.publish.Ledger;
import dev.perch.contract.Cause;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Issuer;
import dev.perch.contract.certmon.Publication;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.timeline.ResourceBook;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What publishers may read of certificates and write to them. */
final class CertificateLedger implements Ledger {
  private static final Cause PUBLISHED = new Cause("service:certmon", "certificate.publish", null);

  private final ResourceBook<Certificate> certificates;
  private final Signers signers;
  private final WorkItems items;

  CertificateLedger(ResourceBook<Certificate> certificates, Signers signers, WorkItems items) {
    this.certificates = certificates;
    this.signers = signers;
    this.items = items;
  }

  @Override
  public Optional<Certificate> find(Connection connection, UUID certificate) throws SQLException {
    return certificates.find(connection, certificate);
  }

  @Override
  public Optional<Certificate> lock(Connection connection, UUID certificate) throws SQLException {
    return certificates.lock(connection, certificate);
  }

  @Override
  public Optional<Issued> issued(Connection connection, Certificate certificate)
      throws SQLException {
    Optional<Revised> found = Revisions.active(connection, certificate.id());
    Certificate.Revision last = certificate.revision();
    if (found.isEmpty() && last != null) {
      found = Revisions.find(connection, certificate.id(), last.number());
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Revised revision = found.get();
    Chain chain = Chain.fromPem(revision.chain());
    return Optional.of(
        new Issued(
            revision.number(),
            revision.chain(),
            chain.fingerprint(),
            anchors(connection, revision, chain),
            revision.keyId(),
            revision.hostKey()));
  }

  /** Its issuer's; of one that says none, whoever is highest in the chain. */
  private String anchors(Connection connection, Revised revision, Chain chain) throws SQLException {
    Optional<Issuer> issuer = signers.find(connection, revision.issuerId());
    return issuer
        .flatMap(Signers::ownAnchors)
        .orElseGet(() -> new Chain(List.of(chain.certificates().getLast())))
        .toPem();
  }

  @Override
  public void published(Connection connection, Certificate locked, List<Publication> publications)
      throws SQLException {
    certificates.replace(connection, locked, Next.published(locked, publications), PUBLISHED);
  }

  @Override
  public void goOn(Connection connection, Certificate certificate) throws SQLException {
    items.wake(connection, CertificateWork.QUEUE, Set.of(certificate.id().toString()));
  }

  @Override
  public void committed() {
    certificates.published();
    items.ring(CertificateWork.QUEUE);
  }

  @Override
  public String askedFor(Certificate certificate) {
    return CertificateSpec.askedFor(certificate);
  }
}
