package dev.perch.certmon.certificate;

import dev.perch.certmon.publish.Publications;
import dev.perch.certmon.secret.SecretClaims;
import dev.perch.certmon.secret.StorePasswords;
import dev.perch.contract.Catalogue;
import dev.perch.contract.Cause;
import dev.perch.contract.certmon.Certificate;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.timeline.ResourceKind;
import dev.perch.kit.timeline.Resources;
import dev.perch.kit.timeline.Timeline;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What can be said of a certificate. Each method runs inside its caller's transaction. */
@ApplicationScoped
public class Certificates {
  public static final ResourceKind<Certificate> KIND =
      new ResourceKind<>(
          Catalogue.CERTIFICATES, "certificate", Certificate.class, Certificates::refusal);

  private final Resources<Certificate> resources;
  private final CertificateChecks checks;
  private final SecretClaims claims;
  private final StorePasswords passwords;
  private final WorkItems items;

  Certificates(
      Timeline timeline,
      CertificateChecks checks,
      SecretClaims claims,
      StorePasswords passwords,
      WorkItems items) {
    resources = new Resources<>(KIND, timeline);
    this.checks = checks;
    this.claims = claims;
    this.passwords = passwords;
    this.items = items;
  }

  Uni<Certificate> create(Mutiny.StatelessSession session, CertificateSpec spec, Cause cause) {
    Certificate certificate = Next.first(spec, null);
    return checks
        .require(session, certificate, null)
        .chain(() -> resources.create(session, certificate, cause))
        .call(() -> keep(session, certificate, spec))
        .call(() -> wake(session, certificate.id()))
        .call(() -> Publications.wake(session, items, certificate, certificate));
  }

  /** Reads a certificate or fails with {@link Problem.NotFound}. */
  Uni<Certificate> find(Mutiny.StatelessSession session, UUID id) {
    return resources.find(session, id);
  }

  Uni<List<Certificate>> query(Mutiny.StatelessSession session, String sql, List<?> parameters) {
    return resources.query(session, sql, parameters);
  }

  /**
   * Changes a certificate. What is asked of the issuer is issued anew.
   *
   * @param edit runs while the row is locked: checks access and precondition, gives the new spec
   */
  Uni<Certificate> change(
      Mutiny.StatelessSession session,
      UUID id,
      Function<Certificate, CertificateSpec> edit,
      Cause cause) {
    return resources
        .lock(session, id)
        .chain(
            before -> {
              CertificateSpec spec = edit.apply(before);
              requireOwn(before);
              Certificate after = Next.specified(before, spec);
              return checks
                  .require(session, after, before)
                  .chain(() -> resources.replace(session, before, after, said(spec, cause)))
                  .call(() -> keep(session, after, spec))
                  .call(() -> Publications.wake(session, items, before, after));
            })
        .call(() -> wake(session, id));
  }

  Uni<Certificate> suspend(
      Mutiny.StatelessSession session,
      UUID id,
      boolean suspended,
      Consumer<Certificate> check,
      Cause cause) {
    return resources
        .change(
            session,
            id,
            before -> {
              check.accept(before);
              return Next.suspended(before, suspended);
            },
            cause)
        .call(() -> wake(session, id));
  }

  /** Credentials are in no version: the cause is all that says that they were changed. */
  private static Cause said(CertificateSpec spec, Cause cause) {
    return spec.credentials() == null
        ? cause
        : new Cause(cause.actor(), "certificate.credentials", cause.reason());
  }

  /** Stores that are made anew for another password are no change of somebody else's. */
  private Uni<Void> keep(
      Mutiny.StatelessSession session, Certificate certificate, CertificateSpec spec) {
    StoreCredentials given = spec.credentials();
    return given == null
        ? Uni.createFrom().voidItem()
        : passwords
            .keep(session, certificate.id(), given.given())
            .chain(() -> claims.claim(session, certificate));
  }

  /** What a rule wants is the rule's to say. */
  static void requireOwn(Certificate certificate) {
    if (certificate.ruleId() != null) {
      throw new Problem.Conflict(
              "A rule says what is wanted of this certificate.",
              List.of(
                  new Violation(
                      "certificate.of-rule",
                      "/ruleId",
                      null,
                      "Change the rule, or the host's labels, so that it is as you want it.")))
          .asException();
    }
  }

  private Uni<Void> wake(Mutiny.StatelessSession session, UUID id) {
    return items.wake(session, CertificateWork.QUEUE, id.toString());
  }

  private static @Nullable Problem refusal(String constraint) {
    return constraint.equals("certificate_name_taken")
        ? new Problem.Conflict(
            "Another certificate of the site has this name.",
            List.of(
                new Violation(
                    "name.taken", "/name", null, "Choose a name that none of the site has.")))
        : null;
  }
}
