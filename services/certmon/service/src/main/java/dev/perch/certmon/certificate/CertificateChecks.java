package dev.perch.certmon.certificate;

import dev.perch.certmon.issuer.Issuers;
import dev.perch.certmon.publish.Publisher;
import dev.perch.certmon.secret.ProbeNetworks;
import dev.perch.certmon.secret.SecretClaims;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Issuer;
import dev.perch.contract.certmon.Target;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.ProblemException;
import dev.perch.kit.web.Violation;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What of a certificate cannot be seen from its fields alone. */
@ApplicationScoped
class CertificateChecks {
  private static final String SITE =
      "select cast(site_id as text) from known_host where id = ?1 and gone_at is null";

  private final Issuers issuers;
  private final List<Publisher> publishers;
  private final SecretClaims claims;
  private final ProbeNetworks networks;

  CertificateChecks(
      Issuers issuers,
      @All List<Publisher> publishers,
      SecretClaims claims,
      ProbeNetworks networks) {
    this.issuers = issuers;
    this.claims = claims;
    this.networks = networks;
    this.publishers = List.copyOf(publishers);
  }

  /**
   * Checks it, and makes the Secrets it names its own.
   *
   * @param before null for a new one; what stays as it was is not asked again
   */
  Uni<Void> require(
      Mutiny.StatelessSession session, Certificate after, @Nullable Certificate before) {
    return issuers
        .find(session, after.issuerId())
        .onFailure(ProblemException.class)
        .transform(
            none -> invalid("issuer.unknown", "/issuerId", "Name an issuer: GET /v1/issuers."))
        .invoke(issuer -> requirePublishers(after, issuer))
        .chain(
            issuer ->
                before != null && before.targets().equals(after.targets())
                    ? Uni.createFrom().voidItem()
                    : requireTargets(session, after, before));
  }

  private Uni<Void> requireTargets(
      Mutiny.StatelessSession session, Certificate after, @Nullable Certificate before) {
    requireProbes(after);
    return requireHost(session, after).chain(() -> claim(session, after, before));
  }

  /** Where a name leads is asked when it is probed: it may lead elsewhere by then. */
  private void requireProbes(Certificate certificate) {
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < certificate.targets().size(); i++) {
      Target.Secret secret = certificate.targets().get(i).secret();
      Target.Probe probe = secret == null ? null : secret.probe();
      if (probe != null) {
        String field = "/targets/" + i + "/secret/probe/address";
        networks
            .objection(probe)
            .ifPresent(
                why -> violations.add(new Violation("probe.network", field, null, why + ".")));
      }
    }
    if (!violations.isEmpty()) {
      throw new Problem.Invalid(violations).asException();
    }
  }

  /** Secrets that are named from now on are its own, and those that are not any more will go. */
  private Uni<Void> claim(
      Mutiny.StatelessSession session, Certificate after, @Nullable Certificate before) {
    return isOnSecrets(after) || (before != null && isOnSecrets(before))
        ? claims.claim(session, after)
        : Uni.createFrom().voidItem();
  }

  private static boolean isOnSecrets(Certificate certificate) {
    return certificate.targets().stream().anyMatch(target -> target.secret() != null);
  }

  private void requirePublishers(Certificate certificate, Issuer issuer) {
    List<Violation> violations = new ArrayList<>();
    List<Target> targets = certificate.targets();
    boolean onHost = HostFolders.of(certificate).isPresent();
    for (int i = 0; i < targets.size(); i++) {
      Target.Place place = targets.get(i).place().orElse(null);
      if (place != null && publishers.stream().noneMatch(one -> one.kind().isInstance(place))) {
        violations.add(
            new Violation(
                "target.no-driver",
                "/targets/" + i,
                null,
                "Take it out: nothing here publishes to such a target."));
      }
    }
    if (onHost && targets.size() > 1) {
      violations.add(
          new Violation(
              "target.several",
              "/targets",
              null,
              "Make a certificate for each host, and another one for the Secrets: a key that was"
                  + " made on a host does not leave it."));
    }
    if (onHost && issuer.kind() == Issuer.Kind.SELF_SIGNED) {
      violations.add(
          new Violation(
              "target.self-signed",
              "/issuerId",
              null,
              "Name an issuer of another kind: what is self-signed is signed with a key that is"
                  + " on the host only."));
    }
    if (!violations.isEmpty()) {
      throw new Problem.NoDriver(
              "It cannot be published like that; violations has each reason.", violations)
          .asException();
    }
  }

  /** A host that is not known could be one of a site that the caller may not touch. */
  private static Uni<Void> requireHost(Mutiny.StatelessSession session, Certificate certificate) {
    Optional<UUID> host = HostFolders.of(certificate).map(Target.HostFolder::hostId);
    if (host.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return session
        .createNativeQuery(SITE, String.class)
        .setParameter(1, host.get())
        .getSingleResultOrNull()
        .invoke(
            site -> {
              if (site == null) {
                throw invalid(
                    "host.unknown",
                    "/targets/0/host/hostId",
                    "Name a host of inventory's; one that was registered just now is known here"
                        + " within seconds.");
              }
              UUID own = certificate.siteId();
              if (own != null && !own.equals(UUID.fromString(site))) {
                throw invalid(
                    "host.other-site",
                    "/targets/0/host/hostId",
                    "Name a host of the certificate's site.");
              }
            })
        .replaceWithVoid();
  }

  private static ProblemException invalid(String code, String field, String remedy) {
    return new Problem.Invalid(List.of(new Violation(code, field, null, remedy))).asException();
  }
}
