package dev.perch.certmon.issuer;

import dev.perch.contract.Catalogue;
import dev.perch.contract.Cause;
import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.timeline.Ids;
import dev.perch.kit.timeline.Instants;
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

/** What can be done to an issuer. Each method runs inside its caller's transaction. */
@ApplicationScoped
public class Issuers {
  public static final ResourceKind<Issuer> KIND =
      new ResourceKind<>(Catalogue.ISSUERS, "issuer", Issuer.class, Issuers::refusal);

  private static final String UNTOLD =
      """
      select count(*) from revision r join work_item w
        on w.queue = 'revocations' and w.key = cast(r.certificate_id as text) || '/' || r.number
      where r.issuer_id = ?1 and r.status = 'REVOKED' and r.told_at is null and r.not_after > now()
      """;

  private final Resources<Issuer> resources;
  private final WorkItems items;
  private final IssuerSecrets secrets;

  Issuers(Timeline timeline, WorkItems items, IssuerSecrets secrets) {
    this.secrets = secrets;
    resources = new Resources<>(KIND, timeline);
    this.items = items;
  }

  Uni<Issuer> create(Mutiny.StatelessSession session, IssuerSpec spec, Cause cause) {
    var now = Instants.now();
    // The others wait for a key.
    boolean ready = spec.kind() == Issuer.Kind.SELF_SIGNED || spec.kind() == Issuer.Kind.CSR_API;
    var issuer =
        new Issuer(
            Ids.next(),
            spec.name(),
            spec.description(),
            spec.labels(),
            spec.kind(),
            spec.ca(),
            spec.acme(),
            spec.csrApi(),
            spec.rate(),
            ready ? Issuer.State.READY : Issuer.State.PENDING,
            null,
            null,
            1,
            now,
            now);
    return resources
        .create(session, issuer, cause)
        .call(() -> keep(session, issuer.id(), spec))
        .call(() -> items.wake(session, IssuerWork.QUEUE, issuer.id().toString()));
  }

  /** Reads an issuer or fails with {@link Problem.NotFound}. */
  public Uni<Issuer> find(Mutiny.StatelessSession session, UUID id) {
    return resources.find(session, id);
  }

  Uni<List<Issuer>> query(Mutiny.StatelessSession session, String sql, List<?> parameters) {
    return resources.query(session, sql, parameters);
  }

  /**
   * Changes an issuer.
   *
   * @param edit runs while the row is locked: checks the precondition, gives the new spec
   */
  Uni<Issuer> change(
      Mutiny.StatelessSession session, UUID id, Function<Issuer, IssuerSpec> edit, Cause cause) {
    return resources
        .lock(session, id)
        .chain(
            before -> {
              IssuerSpec spec = edit.apply(before);
              return resources
                  .replace(session, before, edited(before, spec), said(spec, cause))
                  .call(() -> keep(session, id, spec));
            });
  }

  /** Credentials are in no version: the cause is all that says that they were changed. */
  private static Cause said(IssuerSpec spec, Cause cause) {
    return spec.credentials() == null
        ? cause
        : new Cause(cause.actor(), "issuer.credentials", cause.reason());
  }

  private Uni<Void> keep(Mutiny.StatelessSession session, UUID id, IssuerSpec spec) {
    Credentials credentials = spec.credentials();
    return credentials == null
        ? Uni.createFrom().voidItem()
        : secrets.keep(session, id, credentials);
  }

  /**
   * Removes an issuer that no certificate names, and that was told of all that was revoked; the key
   * it signed with is gone with it.
   */
  Uni<Void> remove(Mutiny.StatelessSession session, UUID id, Consumer<Issuer> check, Cause cause) {
    return session
        .createNativeQuery(
            "select key_id from issuer_key where issuer_id = ?1 for update", UUID.class)
        .setParameter(1, id)
        .getSingleResultOrNull()
        .call(() -> resources.remove(session, id, check, cause))
        // Afterwards: whoever was just deleting its last certificate has ended by now.
        .call(() -> requireTold(session, id))
        .chain(key -> key == null ? Uni.createFrom().voidItem() : forget(session, key));
  }

  /** A list of ours goes with its CA; an authority elsewhere goes on and has to be told. */
  private static Uni<Void> requireTold(Mutiny.StatelessSession session, UUID id) {
    return session
        .createNativeQuery(UNTOLD, Long.class)
        .setParameter(1, id)
        .getSingleResult()
        .invoke(
            untold -> {
              if (untold > 0) {
                throw new Problem.Conflict(
                        "It has not been told yet that " + untold + " certificates are revoked.",
                        List.of(
                            new Violation(
                                "issuer.untold-revocations",
                                "/id",
                                null,
                                "Wait until it has been told: it is tried again and again. What"
                                    + " keeps it from that says GET …/check.")))
                    .asException();
              }
            })
        .replaceWithVoid();
  }

  private static Uni<Void> forget(Mutiny.StatelessSession session, UUID key) {
    return session
        .createNativeQuery("delete from private_key where id = ?1")
        .setParameter(1, key)
        .executeUpdate()
        .replaceWithVoid();
  }

  private static Issuer edited(Issuer before, IssuerSpec spec) {
    return spec.equals(IssuerSpec.of(before))
        ? before
        : new Issuer(
            before.id(),
            spec.name(),
            spec.description(),
            spec.labels(),
            before.kind(),
            before.ca(),
            spec.acme(),
            spec.csrApi(),
            spec.rate(),
            before.state(),
            before.authority(),
            before.failure(),
            before.version() + 1,
            before.createdAt(),
            Instants.after(before.updatedAt()));
  }

  private static @Nullable Problem refusal(String constraint) {
    return switch (constraint) {
      case "issuer_name_taken" ->
          new Problem.Conflict(
              "Another issuer has this name.",
              List.of(
                  new Violation(
                      "name.taken", "/name", null, "Choose a name that no other issuer has.")));
      case "certificate_issuer_unknown" ->
          new Problem.Conflict(
              "Certificates name this issuer.",
              List.of(
                  new Violation(
                      "issuer.in-use",
                      "/id",
                      null,
                      "Move or delete them first: GET /v1/certificates?issuer=…")));
      case "certificate_rule_issuer" ->
          new Problem.Conflict(
              "Rules name this issuer.",
              List.of(
                  new Violation(
                      "issuer.in-use", "/id", null, "Change or delete them first: GET /v1/rules")));
      default -> null;
    };
  }
}
