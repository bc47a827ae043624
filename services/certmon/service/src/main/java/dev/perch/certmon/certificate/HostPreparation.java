package dev.perch.certmon.certificate;

import dev.perch.certmon.host.HostDocuments;
import dev.perch.certmon.host.HostKey;
import dev.perch.certmon.host.HostKeys;
import dev.perch.certmon.host.HostPublisher;
import dev.perch.certmon.host.HostRequest;
import dev.perch.certmon.host.ReportTable;
import dev.perch.certmon.issue.Issuance;
import dev.perch.certmon.publish.Publications;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.KeyAlgorithm;
import dev.perch.kit.reconcile.WorkItems;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Begins an issuance for a key that a host makes, in a transaction that holds the certificate's
 * row: asks for the key, waits, and takes the request that comes back if it is what was asked for.
 * While it waits, what is in use stays.
 */
record HostPreparation(Connection connection, WorkItems items) {

  Begun begin(Situation situation, Need.Now need, UUID host) throws SQLException {
    Certificate certificate = situation.certificate();
    Optional<HostKey> awaited = HostKeys.awaited(connection, certificate.id());
    if (awaited.isEmpty()
        || awaited.get().lost()
        || !awaited.get().host().equals(host)
        || awaited.get().algorithm() != certificate.key().algorithm()) {
      ask(situation, need, host);
      return new Begun.Waiting();
    }
    HostKey key = awaited.get();
    Optional<String> answer = answer(certificate, key);
    return answer.isPresent() ? take(certificate, need, key, answer.get()) : new Begun.Waiting();
  }

  /** Once: the document names the key from then on, until it is given up. */
  private void ask(Situation situation, Need.Now need, UUID host) throws SQLException {
    Certificate certificate = situation.certificate();
    Revised active = situation.active();
    HostKey kept =
        active == null || need.newKey() || !Preparation.keepsKey(situation, active)
            ? null
            : key(active, host);
    if (kept == null) {
      KeyAlgorithm algorithm = certificate.key().algorithm();
      HostKeys.ask(
          connection, certificate.id(), host, algorithm == null ? KeyAlgorithm.P256 : algorithm);
    } else {
      HostKeys.askAgain(connection, kept);
    }
    Publications.wake(connection, items, certificate);
  }

  private @Nullable HostKey key(Revised active, UUID host) throws SQLException {
    String name = active.hostKey();
    return name == null
        ? null
        : HostKeys.find(connection, name)
            .filter(key -> !key.lost() && key.host().equals(host))
            .orElse(null);
  }

  /** An answer counts if the document asks for what is wanted now. */
  private Optional<String> answer(Certificate certificate, HostKey key) throws SQLException {
    Optional<HostDocuments.Kept> document = HostDocuments.find(connection, certificate.id());
    return document.isPresent()
            && document.get().host().equals(key.host())
            && document.get().askedFor().equals(CertificateSpec.askedFor(certificate))
        ? HostPublisher.answer(
            document.get(), ReportTable.find(connection, key.host(), certificate.id()), key)
        : Optional.empty();
  }

  private Begun take(Certificate certificate, Need.Now need, HostKey key, String pem)
      throws SQLException {
    HostRequest request;
    try {
      request = HostRequest.read(pem);
    } catch (IllegalArgumentException e) {
      return refuse(certificate, String.valueOf(e.getMessage()));
    }
    List<String> flaws = request.flaws(connection, certificate, key);
    if (!flaws.isEmpty()) {
      return refuse(certificate, String.join("; ", flaws));
    }
    HostKeys.take(connection, key, request.spki());
    var issuing =
        new Issuing(
            certificate.id(),
            Revisions.next(connection, certificate.id()),
            certificate.issuerId(),
            null,
            key.name(),
            request.csr().der(),
            CertificateSpec.askedFor(certificate),
            need.forced(),
            new Issuance.Requested());
    Issuings.begin(connection, issuing);
    return new Begun.Ready(issuing);
  }

  /** The next attempt asks for another key. */
  private Begun refuse(Certificate certificate, String detail) throws SQLException {
    HostKeys.giveUp(connection, certificate.id());
    Publications.wake(connection, items, certificate);
    return new Begun.Refused("the host's request was refused: " + detail);
  }
}
