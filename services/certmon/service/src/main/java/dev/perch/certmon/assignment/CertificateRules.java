package dev.perch.certmon.assignment;

import dev.perch.certmon.issuer.Issuers;
import dev.perch.certmon.site.Sites;
import dev.perch.contract.Catalogue;
import dev.perch.contract.Cause;
import dev.perch.contract.certmon.CertificateRule;
import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.timeline.Ids;
import dev.perch.kit.timeline.Instants;
import dev.perch.kit.timeline.NamedQuery;
import dev.perch.kit.timeline.ResourceKind;
import dev.perch.kit.timeline.Resources;
import dev.perch.kit.timeline.Timeline;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.ProblemException;
import dev.perch.kit.web.Violation;
import dev.perch.kit.web.page.Page;
import dev.perch.kit.web.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * What can be done to a rule. Each method runs inside its caller's transaction; what follows for
 * hosts is a reconciler's.
 */
@ApplicationScoped
public class CertificateRules {
  public static final ResourceKind<CertificateRule> KIND =
      new ResourceKind<>(
          Catalogue.RULES, "certificate_rule", CertificateRule.class, CertificateRules::refusal);

  private final Resources<CertificateRule> resources;
  private final Issuers issuers;
  private final WorkItems items;

  CertificateRules(Timeline timeline, Issuers issuers, WorkItems items) {
    resources = new Resources<>(KIND, timeline);
    this.issuers = issuers;
    this.items = items;
  }

  Uni<CertificateRule> create(Mutiny.StatelessSession session, RuleSpec spec, Cause cause) {
    Instant now = Instants.now();
    CertificateRule rule = rule(Ids.next(), spec, 1, now, now);
    return requireIssuer(session, spec)
        .chain(() -> resources.create(session, rule, cause))
        .call(() -> wake(session, rule.id()));
  }

  /** Reads a rule or fails with {@link Problem.NotFound}. */
  Uni<CertificateRule> find(Mutiny.StatelessSession session, UUID id) {
    return resources.find(session, id);
  }

  Uni<Page<CertificateRule>> list(
      Mutiny.StatelessSession session, NamedQuery query, Caller caller) {
    return query.run(session, resources, CertificateRule::name, Sites.visible(caller));
  }

  /**
   * Changes a rule, and with it its certificates.
   *
   * @param edit runs while the row is locked: checks access and precondition, gives the new spec
   */
  Uni<CertificateRule> change(
      Mutiny.StatelessSession session,
      UUID id,
      Function<CertificateRule, RuleSpec> edit,
      Cause cause) {
    return resources
        .lock(session, id)
        .chain(
            before -> {
              RuleSpec spec = edit.apply(before);
              return requireIssuer(session, spec)
                  .chain(() -> resources.replace(session, before, edited(before, spec), cause));
            })
        .call(() -> wake(session, id));
  }

  /** Removes a rule; its certificates are revoked and removed. */
  Uni<Void> remove(
      Mutiny.StatelessSession session, UUID id, Consumer<CertificateRule> check, Cause cause) {
    return resources
        .remove(session, id, check, cause)
        .call(() -> wake(session, id))
        .replaceWithVoid();
  }

  private Uni<Issuer> requireIssuer(Mutiny.StatelessSession session, RuleSpec spec) {
    return issuers
        .find(session, spec.issuerId())
        .onFailure(ProblemException.class)
        .transform(none -> unknownIssuer())
        .invoke(CertificateRules::require);
  }

  static ProblemException unknownIssuer() {
    return invalid("issuer.unknown", "/issuerId", "Name an issuer: GET /v1/issuers.");
  }

  /** Keys are made on hosts: the issuer has to be one that is sent requests. */
  static void require(Issuer issuer) {
    if (issuer.kind() == Issuer.Kind.SELF_SIGNED) {
      throw invalid(
          "target.self-signed",
          "/issuerId",
          "Name an issuer of another kind: what is self-signed is signed with a key that is on the"
              + " host only.");
    }
  }

  private Uni<Void> wake(Mutiny.StatelessSession session, UUID id) {
    return items.wake(session, RuleWork.QUEUE, id.toString());
  }

  private static CertificateRule edited(CertificateRule before, RuleSpec spec) {
    return spec.equals(RuleSpec.of(before))
        ? before
        : rule(
            before.id(),
            spec,
            before.version() + 1,
            before.createdAt(),
            Instants.after(before.updatedAt()));
  }

  private static CertificateRule rule(
      UUID id, RuleSpec spec, long version, Instant createdAt, Instant updatedAt) {
    return new CertificateRule(
        id,
        spec.siteId(),
        spec.name(),
        spec.description(),
        spec.selector(),
        spec.labels(),
        spec.issuerId(),
        spec.names(),
        spec.usages(),
        spec.life(),
        spec.key(),
        spec.renewal(),
        spec.alarmBefore(),
        spec.target(),
        version,
        createdAt,
        updatedAt);
  }

  private static ProblemException invalid(String code, String field, String remedy) {
    return new Problem.Invalid(List.of(new Violation(code, field, null, remedy))).asException();
  }

  private static @Nullable Problem refusal(String constraint) {
    return constraint.equals("certificate_rule_name_taken")
        ? new Problem.Conflict(
            "Another rule has this name.",
            List.of(
                new Violation(
                    "name.taken", "/name", null, "Choose a name that no other rule has.")))
        : null;
  }
}
