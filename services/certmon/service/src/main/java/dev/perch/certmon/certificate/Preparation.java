package dev.perch.certmon.certificate;

import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.issue.Csr;
import dev.perch.certmon.issue.Issuance;
import dev.perch.certmon.issue.KeyType;
import dev.perch.certmon.issue.SubjectName;
import dev.perch.certmon.key.Keys;
import dev.perch.certmon.publish.Publications;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Target;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.timeline.ResourceBook;
import java.security.KeyPair;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Begins an issuance: a key, new or the one in use, and the request. Both are committed before
 * anybody outside is asked, so that no certificate is ever without its key.
 */
public final class Preparation {
  private final Database database;
  private final ResourceBook<Certificate> certificates;
  private final Keys keys;
  private final WorkItems items;

  public Preparation(
      Database database, ResourceBook<Certificate> certificates, Keys keys, WorkItems items) {
    this.database = database;
    this.certificates = certificates;
    this.keys = keys;
    this.items = items;
  }

  Begun begin(Claim claim, Situation situation, Need.Now need) throws SQLException {
    Certificate certificate = situation.certificate();
    Optional<Target.HostFolder> folder = HostFolders.of(certificate);
    if (folder.isPresent()) {
      Begun begun =
          database.transaction(
              connection -> {
                Begun step =
                    unchanged(connection, certificate)
                        ? new HostPreparation(connection, items)
                            .begin(situation, need, folder.get().hostId())
                        : new Begun.Changed();
                items.requireHeld(connection, claim);
                return step;
              });
      items.ring(Publications.QUEUE);
      return begun;
    }
    UUID old = need.newKey() ? null : reused(situation);
    Keys.@Nullable Made made = old == null ? keys.make(type(certificate)) : null;
    KeyPair pair =
        made == null
            ? database.each(connection -> keys.open(connection, Objects.requireNonNull(old)))
            : made.pair();
    Csr csr = Csr.create(pair, commonName(certificate), names(certificate));
    UUID key = made == null ? Objects.requireNonNull(old) : made.id();
    return database.transaction(
        connection -> {
          if (!unchanged(connection, certificate)) {
            return new Begun.Changed();
          }
          if (made != null) {
            keys.keep(connection, made);
          }
          var issuing =
              new Issuing(
                  certificate.id(),
                  Revisions.next(connection, certificate.id()),
                  certificate.issuerId(),
                  key,
                  null,
                  csr.der(),
                  CertificateSpec.askedFor(certificate),
                  need.forced(),
                  new Issuance.Requested());
          Issuings.begin(connection, issuing);
          items.requireHeld(connection, claim);
          return new Begun.Ready(issuing);
        });
  }

  private boolean unchanged(Connection connection, Certificate certificate) throws SQLException {
    return certificates
        .lock(connection, certificate.id())
        .filter(now -> now.version() == certificate.version())
        .isPresent();
  }

  /** The key in use, if the policy keeps it; null for a new one. */
  private static @Nullable UUID reused(Situation situation) {
    Revised active = situation.active();
    return active != null && keepsKey(situation, active) ? active.keyId() : null;
  }

  /** Whether the policy keeps the key in use. */
  static boolean keepsKey(Situation situation, Revised active) {
    Certificate.KeyPolicy policy = situation.certificate().key();
    if (!active.hasKey() || policy.rotation() == null) {
      return false;
    }
    if (!active.askedFor().equals(CertificateSpec.askedFor(situation.certificate()))
        && !sameAlgorithm(active, policy)) {
      return false;
    }
    return switch (policy.rotation()) {
      case ALWAYS -> false;
      case NEVER -> true;
      case EVERY -> situation.usesOfKey() < every(policy);
    };
  }

  private static boolean sameAlgorithm(Revised active, Certificate.KeyPolicy policy) {
    return KeyType.of(Chain.fromPem(active.chain()).leaf().getPublicKey())
        .map(Enum::name)
        .equals(Optional.of(String.valueOf(policy.algorithm())));
  }

  private static int every(Certificate.KeyPolicy policy) {
    Integer every = policy.every();
    return every == null ? 1 : every;
  }

  private static KeyType type(Certificate certificate) {
    return KeyType.valueOf(String.valueOf(certificate.key().algorithm()));
  }

  private static String commonName(Certificate certificate) {
    String name = certificate.commonName();
    return name == null ? "" : name;
  }

  private static List<SubjectName> names(Certificate certificate) {
    return certificate.names().stream().map(SubjectName::parse).toList();
  }
}
