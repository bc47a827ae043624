package dev.perch.certmon.issuer;

import dev.perch.contract.Catalogue;
import dev.perch.contract.Cause;
import dev.perch.contract.certmon.Failure;
import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.timeline.Ids;
import dev.perch.kit.timeline.Instants;
import dev.perch.kit.timeline.NamedQuery;
import dev.perch.kit.timeline.ResourceKind;
import dev.perch.kit.timeline.Resources;
import dev.perch.kit.timeline.Timeline;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import dev.perch.kit.web.page.Page;
import dev.perch.kit.web.page.Where;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
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

  /** Waits for whoever is just deleting one of them; those that stay keep the issuer. */
  private static final String SETTLE =
      "select 1 from certificate where issuer_id = ?1 for key share";

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

  Uni<Page<Issuer>> list(Mutiny.StatelessSession session, NamedQuery query) {
    return query.run(session, resources, Issuer::name, new Where());
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
    return key(session, id)
        .call(() -> resources.remove(session, id, check, cause))
        // Afterwards: whoever was just deleting its last certificate has ended by now.
        .call(() -> Undone.of(session, id).invoke(Issuers::requireTold))
        .chain(key -> forget(session, key));
  }

  /**
   * As {@link #remove}, of an issuer whose authority is gone for good: what it was not told is
   * said, here and in its last version.
   */
  Uni<Undone> abandon(
      Mutiny.StatelessSession session, UUID id, Consumer<Issuer> check, Cause cause) {
    return key(session, id)
        .chain(
            key ->
                resources
                    .lock(session, id)
                    .invoke(check)
                    .call(() -> settle(session, id))
                    .chain(issuer -> leave(session, issuer, cause))
                    .call(() -> forget(session, key)));
  }

  private Uni<Undone> leave(Mutiny.StatelessSession session, Issuer issuer, Cause cause) {
    return Undone.of(session, issuer.id())
        .call(undone -> resources.replace(session, issuer, left(issuer, undone), cause))
        .call(() -> resources.remove(session, issuer.id(), last -> {}, cause));
  }

  private static Uni<Void> settle(Mutiny.StatelessSession session, UUID id) {
    return session
        .createNativeQuery(SETTLE, Integer.class)
        .setParameter(1, id)
        .getResultList()
        .replaceWithVoid();
  }

  /** A list of ours goes with its CA; an authority elsewhere goes on and has to be told. */
  private static void requireTold(Undone undone) {
    if (undone.count() > 0) {
      throw new Problem.Conflict(
              undone.summary() + ".",
              List.of(
                  new Violation(
                      "issuer.untold-revocations",
                      "/id",
                      null,
                      "Wait until it has been told: it is tried again and again. What keeps it"
                          + " from that says GET …/check. Of an authority that is gone for good,"
                          + " say force=true.")))
          .asException();
    }
  }

  private static Uni<@Nullable UUID> key(Mutiny.StatelessSession session, UUID id) {
    return session
        .createNativeQuery(
            "select key_id from issuer_key where issuer_id = ?1 for update", UUID.class)
        .setParameter(1, id)
        .getSingleResultOrNull();
  }

  private static Uni<Void> forget(Mutiny.StatelessSession session, @Nullable UUID key) {
    return key == null
        ? Uni.createFrom().voidItem()
        : session
            .createNativeQuery("delete from private_key where id = ?1")
            .setParameter(1, key)
            .executeUpdate()
            .replaceWithVoid();
  }

  /** Its last version, if it leaves anything undone. */
  private static Issuer left(Issuer before, Undone undone) {
    if (undone.count() == 0) {
      return before;
    }
    Instant now = Instants.after(before.updatedAt());
    return new Issuer(
        before.id(),
        before.name(),
        before.description(),
        before.labels(),
        before.kind(),
        before.ca(),
        before.acme(),
        before.csrApi(),
        before.rate(),
        before.state(),
        before.authority(),
        new Failure("untold-revocations", undone.summary() + ", and never will be.", now),
        before.version() + 1,
        before.createdAt(),
        now);
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
