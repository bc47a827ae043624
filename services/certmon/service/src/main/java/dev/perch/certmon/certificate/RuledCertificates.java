package dev.perch.certmon.certificate;

import dev.perch.certmon.publish.Publications;
import dev.perch.contract.Cause;
import dev.perch.contract.certmon.Certificate;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.timeline.ResourceBook;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What rules do to their certificates, in a transaction of the caller, who calls {@link #committed}
 * after it.
 */
public final class RuledCertificates {
  private final ResourceBook<Certificate> certificates;
  private final Actions actions;
  private final WorkItems items;

  public RuledCertificates(
      ResourceBook<Certificate> certificates, Actions actions, WorkItems items) {
    this.certificates = certificates;
    this.actions = actions;
    this.items = items;
  }

  /** Makes one; empty, and nothing is done, if its name is taken at its site. */
  public Optional<UUID> create(Connection connection, UUID rule, CertificateSpec spec, Cause cause)
      throws SQLException {
    Certificate certificate = Next.first(spec, rule);
    if (!certificates.create(connection, certificate, cause)) {
      return Optional.empty();
    }
    wake(connection, certificate);
    return Optional.of(certificate.id());
  }

  /** Makes it as it is wanted; nothing if it is so. */
  public void change(Connection connection, UUID id, CertificateSpec spec, Cause cause)
      throws SQLException {
    Certificate before =
        certificates
            .lock(connection, id)
            .orElseThrow(() -> new SQLException("no certificate " + id));
    Certificate after = Next.specified(before, spec);
    if (!after.equals(before)) {
      wake(connection, certificates.replace(connection, before, after, cause));
    }
  }

  /** Revokes and removes it, with its keys. */
  public void remove(Connection connection, UUID id, Cause cause) throws SQLException {
    actions.remove(connection, actions.locked(connection, id), cause);
  }

  /** Has what was done gone on with now. */
  public void committed() {
    actions.removed();
    items.ring(CertificateWork.QUEUE);
    items.ring(Publications.QUEUE);
  }

  private void wake(Connection connection, Certificate certificate) throws SQLException {
    items.wake(connection, CertificateWork.QUEUE, Set.of(certificate.id().toString()));
    Publications.wake(connection, items, certificate);
  }
}
