package dev.perch.certmon.issuer;

import dev.perch.certmon.issue.Authority;
import dev.perch.certmon.issue.CaIssuer;
import dev.perch.certmon.issue.CertificateRequest;
import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.issue.Csr;
import dev.perch.certmon.issue.Issuance;
import dev.perch.certmon.issue.KeyType;
import dev.perch.certmon.issue.NameSpace;
import dev.perch.certmon.issue.SelfSignedIssuer;
import dev.perch.certmon.issue.Step;
import dev.perch.certmon.key.Keys;
import dev.perch.contract.Cause;
import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.ErrorClass;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.Reconciler;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.timeline.Instants;
import dev.perch.kit.timeline.ResourceBook;
import java.math.BigInteger;
import java.security.KeyPair;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes CAs and ACME accounts ready and keeps the revocation lists of CAs fresh.
 *
 * <pre>
 *   (nothing) --key sealed--> key --certificate signed--> READY --list--.
 *                                                           ^-----------'  every 12 h, and
 *                                                                          with each revocation
 * </pre>
 */
public final class IssuerWork implements Reconciler {
  public static final String QUEUE = "issuers";
  private static final Cause READY = new Cause("service:certmon", "issuer.ready", null);

  private final Database database;
  private final ResourceBook<Issuer> issuers;
  private final Keys keys;
  private final Signers signers;
  private final WorkItems items;
  private final Clock clock;

  public IssuerWork(
      Database database,
      ResourceBook<Issuer> issuers,
      Keys keys,
      Signers signers,
      WorkItems items,
      Clock clock) {
    this.database = database;
    this.issuers = issuers;
    this.keys = keys;
    this.signers = signers;
    this.items = items;
    this.clock = clock;
  }

  @Override
  public Outcome reconcile(Claim claim) throws SQLException {
    UUID id = UUID.fromString(claim.key());
    Optional<Issuer> found = database.each(connection -> issuers.find(connection, id));
    if (found.isEmpty() || (found.get().ca() == null && found.get().acme() == null)) {
      return new Outcome.Done();
    }
    Issuer issuer = found.get();
    Optional<IssuerKeys.Kept> kept = database.each(c -> IssuerKeys.find(c, id));
    if (kept.isEmpty()) {
      makeKey(claim, issuer);
    }
    if (issuer.acme() != null) {
      if (issuer.state() == Issuer.State.PENDING) {
        ready(claim, issuer, null);
      }
      return new Outcome.Done();
    }
    if (issuer.authority() == null) {
      Optional<Outcome.Failed> failed = sign(claim, issuer);
      if (failed.isPresent()) {
        return failed.get();
      }
    }
    return list(claim, id);
  }

  /** The key is kept before anything is signed with it. */
  private void makeKey(Claim claim, Issuer issuer) throws SQLException {
    Keys.Made key = keys.make(keyType(issuer));
    database.run(
        connection -> {
          if (issuers.lock(connection, issuer.id()).isPresent()) {
            keys.keep(connection, key);
            IssuerKeys.insert(connection, issuer.id(), key.id());
          }
          items.requireHeld(connection, claim);
        });
  }

  /** An ACME account is known by its key alone. */
  private static KeyType keyType(Issuer issuer) {
    return issuer.acme() == null ? KeyType.valueOf(String.valueOf(ca(issuer).key())) : KeyType.P256;
  }

  private Optional<Outcome.Failed> sign(Claim claim, Issuer issuer) throws SQLException {
    Optional<IssuerKeys.Kept> kept = database.each(c -> IssuerKeys.find(c, issuer.id()));
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    KeyPair pair = database.each(c -> keys.open(c, kept.get().keyId()));
    Issuer.Ca ca = ca(issuer);
    CertificateRequest request =
        new CertificateRequest(
            Csr.create(pair, ca.subject(), List.of()),
            new TreeSet<>(),
            Set.of(),
            ca.life(),
            new Authority(ca.pathLength(), spaces(ca.permitted()), spaces(ca.excluded())),
            null,
            null);
    Step step = new SelfSignedIssuer(pair, clock).advance(request, new Issuance.Requested());
    return switch (step) {
      case Step.Advanced(Issuance.Issued(Chain chain, var unused)) -> {
        ready(claim, issuer, chain);
        yield Optional.empty();
      }
      case Step.Failed(var state, var failure) ->
          Optional.of(new Outcome.Failed(ErrorClass.MISCONFIGURED, failure.detail()));
      case Step.Advanced other -> throw new IllegalStateException(other.toString());
      case Step.Waiting other -> throw new IllegalStateException(other.toString());
    };
  }

  /**
   * @param chain of a CA; null for what is signed elsewhere
   */
  private void ready(Claim claim, Issuer issuer, @Nullable Chain chain) throws SQLException {
    database.run(
        connection -> {
          var now = issuers.change(connection, issuer.id(), before -> with(before, chain), READY);
          if (now.isPresent() && chain != null) {
            IssuerKeys.setChain(connection, issuer.id(), chain.toPem());
          }
          items.requireHeld(connection, claim);
        });
    issuers.published();
  }

  private static Issuer with(Issuer before, @Nullable Chain chain) {
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
        Issuer.State.READY,
        chain == null ? null : Authorities.shown(chain),
        null,
        before.version() + 1,
        before.createdAt(),
        Instants.after(before.updatedAt()));
  }

  /** A new list if the last one is old, or something was revoked since. */
  private Outcome list(Claim claim, UUID id) throws SQLException {
    return database.transaction(
        connection -> {
          Optional<Issuer> issuer = issuers.find(connection, id);
          Optional<IssuerKeys.Kept> kept = IssuerKeys.lock(connection, id);
          if (issuer.isEmpty() || kept.isEmpty()) {
            return new Outcome.Done();
          }
          Instant now = clock.instant();
          Instant made = kept.get().listMadeAt();
          if (made == null
              || !now.isBefore(made.plus(CaIssuer.REVOCATION_LIST_PERIOD))
              || kept.get().listStale()) {
            long number = kept.get().listNumber() + 1;
            byte[] list =
                signers
                    .ca(connection, issuer.get())
                    .revocationList(BigInteger.valueOf(number), Revocations.of(connection, id));
            IssuerKeys.setList(connection, id, list, number);
            made = now;
          }
          items.requireHeld(connection, claim);
          return new Outcome.At(made.plus(CaIssuer.REVOCATION_LIST_PERIOD));
        });
  }

  private static List<NameSpace> spaces(List<String> texts) {
    return texts.stream().map(NameSpace::new).toList();
  }

  private static Issuer.Ca ca(Issuer issuer) {
    return Objects.requireNonNull(issuer.ca());
  }
}
