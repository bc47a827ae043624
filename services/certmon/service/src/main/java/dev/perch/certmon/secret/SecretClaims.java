package dev.perch.certmon.secret;

import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Target;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Makes Secrets a certificate's, in the transaction that names them as targets: no two certificates
 * are published to one, and each Secret that may be made is known before it is.
 */
@ApplicationScoped
public class SecretClaims {
  private static final String LEAVE =
      "update secret_place set leaving = true where certificate_id = ?1";

  /**
   * A certificate of a site is for clusters of that site. Nobody removes the cluster before the
   * transaction ends.
   */
  private static final String CLAIM =
      """
      with known as (
        select name from cluster
        where name = ?1 and (?5 = '' or cast(site_id as text) = ?5)
        for key share)
      insert into secret_place (cluster, namespace, name, certificate_id)
      select name, cast(?2 as text), cast(?3 as text), cast(?4 as uuid) from known
      on conflict (cluster, namespace, name) do update
      set leaving = false, revision = null, resource_version = null, fingerprint = null,
        repaired_at = '{}', contested = null
      where secret_place.certificate_id = excluded.certificate_id
      """;

  /** Empty for one that belongs to none. */
  private static final String SITE =
      "select coalesce(cast(site_id as text), '') from cluster where name = ?1";

  private static final String OWNER =
      """
      select cast(certificate_id as text) from secret_place
      where cluster = ?1 and namespace = ?2 and name = ?3
      """;

  private record Claimed(int target, Target.Secret secret) {}

  /**
   * What was its own and is no target any more, is to go.
   *
   * @throws dev.perch.kit.web.ProblemException with each target that cannot be its own
   */
  public Uni<Void> claim(Mutiny.StatelessSession session, Certificate certificate) {
    List<Violation> violations = new ArrayList<>();
    Uni<Void> all =
        session
            .createNativeQuery(LEAVE)
            .setParameter(1, certificate.id())
            .executeUpdate()
            .replaceWithVoid();
    for (Claimed one : claims(certificate, violations)) {
      all = all.chain(() -> claim(session, certificate, one, violations));
    }
    return all.invoke(
        () -> {
          if (!violations.isEmpty()) {
            throw new Problem.Conflict(
                    "It cannot be published like that; violations has each reason.", violations)
                .asException();
          }
        });
  }

  /** In one order, so that two transactions that claim the same do not wait for each other. */
  private static List<Claimed> claims(Certificate certificate, List<Violation> violations) {
    List<Claimed> claims = new ArrayList<>();
    Set<List<String>> seen = new HashSet<>();
    for (int i = 0; i < certificate.targets().size(); i++) {
      Target.Secret secret = certificate.targets().get(i).secret();
      if (secret == null) {
        continue;
      }
      if (seen.add(List.of(secret.cluster(), secret.namespace(), secret.name()))) {
        claims.add(new Claimed(i, secret));
      } else {
        violations.add(
            violation("target.twice", i, "name", "Name each Secret once: it is one of them."));
      }
    }
    claims.sort(
        Comparator.comparing((Claimed one) -> one.secret().cluster())
            .thenComparing(one -> one.secret().namespace())
            .thenComparing(one -> one.secret().name()));
    return claims;
  }

  private static Uni<Void> claim(
      Mutiny.StatelessSession session,
      Certificate certificate,
      Claimed one,
      List<Violation> violations) {
    Target.Secret secret = one.secret();
    return session
        .createNativeQuery(CLAIM)
        .setParameter(1, secret.cluster())
        .setParameter(2, secret.namespace())
        .setParameter(3, secret.name())
        .setParameter(4, certificate.id())
        .setParameter(5, site(certificate))
        .executeUpdate()
        .chain(
            rows ->
                rows == 1
                    ? Uni.createFrom().voidItem()
                    : refused(session, certificate, one).invoke(violations::add).replaceWithVoid());
  }

  private static Uni<Violation> refused(
      Mutiny.StatelessSession session, Certificate certificate, Claimed one) {
    return session
        .createNativeQuery(SITE, String.class)
        .setParameter(1, one.secret().cluster())
        .getSingleResultOrNull()
        .chain(
            site -> {
              if (site == null) {
                return refusal(
                    "cluster.unknown", one, "Name a cluster that is known: GET /v1/clusters.");
              }
              if (certificate.siteId() != null && !site.equals(site(certificate))) {
                return refusal(
                    "cluster.other-site", one, "Name a cluster of the certificate's site.");
              }
              return taken(session, one);
            });
  }

  private static Uni<Violation> taken(Mutiny.StatelessSession session, Claimed one) {
    Target.Secret secret = one.secret();
    return session
        .createNativeQuery(OWNER, String.class)
        .setParameter(1, secret.cluster())
        .setParameter(2, secret.namespace())
        .setParameter(3, secret.name())
        .getSingleResultOrNull()
        .map(
            owner ->
                violation(
                    "secret.taken",
                    one.target(),
                    "name",
                    "Choose another name: certificate "
                        + owner
                        + " is published to this Secret, or was and it is still there."));
  }

  private static Uni<Violation> refusal(String code, Claimed one, String remedy) {
    return Uni.createFrom().item(violation(code, one.target(), "cluster", remedy));
  }

  /** Empty if it is for none. */
  private static String site(Certificate certificate) {
    return certificate.siteId() == null ? "" : certificate.siteId().toString();
  }

  private static Violation violation(String code, int target, String field, String remedy) {
    return new Violation(code, "/targets/" + target + "/secret/" + field, null, remedy);
  }
}
