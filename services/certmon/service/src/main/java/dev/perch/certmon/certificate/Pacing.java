package dev.perch.certmon.certificate;

import dev.perch.certmon.issue.Failure;
import dev.perch.certmon.issue.Issuance;
import dev.perch.certmon.issue.Step;
import dev.perch.certmon.issuer.Signers;
import dev.perch.certmon.pace.Budget;
import dev.perch.certmon.pace.Pace;
import dev.perch.certmon.pace.Paces;
import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.WorkItems;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps all certificates together to the limits of issuers elsewhere. Nothing is in the way of an
 * issuer of ours.
 */
public final class Pacing {
  /** Whoever waits for an issuer is woken when it is there; this is for nobody to be forgotten. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final Database database;
  private final WorkItems items;
  private final Clock clock;

  public Pacing(Database database, WorkItems items, Clock clock) {
    this.database = database;
    this.items = items;
    this.clock = clock;
  }

  /**
   * When the next step may be done; empty for now. An order that is due is taken by asking.
   *
   * @param issuer the one the issuance was begun with
   */
  Optional<Instant> turn(Situation situation, Issuer issuer, Issuing issuing) throws SQLException {
    if (!Signers.isElsewhere(issuer)) {
      return Optional.empty();
    }
    UUID certificate = issuing.certificate();
    return database.transaction(
        connection -> {
          Optional<Waiting> held = held(Paces.find(connection, issuer.id()));
          if (held.isPresent()) {
            // Not all of those that wait may order in the same moment afterwards.
            Issuings.setTurn(connection, certificate, null);
            return held.map(Waiting::until);
          }
          if (!(issuing.state() instanceof Issuance.Requested)) {
            return Optional.empty();
          }
          Optional<Waiting> budget = budget(connection, situation);
          return budget.isPresent()
              ? budget.map(Waiting::until)
              : order(connection, issuer, certificate);
        });
  }

  private static Optional<Instant> order(Connection connection, Issuer issuer, UUID certificate)
      throws SQLException {
    if (Issuings.turn(connection, certificate).isEmpty()) {
      Issuer.Rate rate = issuer.rate() == null ? Paces.USUAL : issuer.rate();
      Issuings.setTurn(connection, certificate, Paces.take(connection, issuer.id(), rate));
    }
    Issuings.Turn turn = Issuings.turn(connection, certificate).orElseThrow();
    if (!turn.due()) {
      return Optional.of(turn.at());
    }
    Issuings.setTurn(connection, certificate, null);
    return Optional.empty();
  }

  /** Remembers for all what became of a step of one. */
  void seen(Issuer issuer, Issuing issuing, Step step) throws SQLException {
    if (!Signers.isElsewhere(issuer)) {
      return;
    }
    boolean woken =
        database.transaction(
            connection ->
                switch (step) {
                  case Step.Advanced advanced -> {
                    if (issuing.state() instanceof Issuance.Requested) {
                      Budget.ordered(connection, issuing.certificate());
                    }
                    yield answered(connection, issuer.id());
                  }
                  // It may be ourselves that is waited for.
                  case Step.Waiting waiting -> false;
                  case Step.Failed(var next, Failure failure) ->
                      failed(connection, issuer.id(), failure);
                });
    if (woken) {
      items.ring(CertificateWork.QUEUE);
      items.ring(ProbeWork.QUEUE);
    }
  }

  private boolean failed(Connection connection, UUID issuer, Failure failure) throws SQLException {
    return switch (failure) {
      case Failure.Away(String code, String detail) -> {
        boolean open = Paces.failed(connection, issuer, code + ": " + detail);
        if (open) {
          items.wake(connection, ProbeWork.QUEUE, Set.of(issuer.toString()));
        }
        yield open;
      }
      case Failure.RateLimited(String code, String detail, Duration retryAfter) -> {
        Paces.hold(connection, issuer, retryAfter);
        yield false;
      }
      // Not necessarily heard from the issuer.
      case Failure.Transient any -> false;
      case Failure.Validation any -> answered(connection, issuer);
      case Failure.Permanent any -> answered(connection, issuer);
      case Failure.NeedsHuman any -> answered(connection, issuer);
    };
  }

  private boolean answered(Connection connection, UUID issuer) throws SQLException {
    boolean waited = Paces.answered(connection, issuer);
    if (waited) {
      items.wake(connection, CertificateWork.QUEUE, Issuings.of(connection, issuer));
    }
    return waited;
  }

  /** The issuer was reached: whatever waits for it goes on, each in its turn. */
  void reached(Connection connection, UUID issuer) throws SQLException {
    Set<String> waiting = Issuings.of(connection, issuer);
    if (waiting.isEmpty()) {
      Paces.answered(connection, issuer);
    } else {
      Paces.tried(connection, issuer);
      items.wake(connection, CertificateWork.QUEUE, waiting);
    }
  }

  /** A failure of which all know already is not counted for each. */
  Outcome after(Issuer issuer, Failure failure, Outcome.Failed failed) throws SQLException {
    if (!(failure instanceof Failure.Away) && !(failure instanceof Failure.RateLimited)) {
      return failed;
    }
    Pace pace = database.each(connection -> Paces.find(connection, issuer.id()));
    return held(pace).<Outcome>map(waiting -> new Outcome.At(waiting.until())).orElse(failed);
  }

  /** What a certificate waits for; empty if for nothing. Changes nothing. */
  Optional<Waiting> waiting(Connection connection, Situation situation) throws SQLException {
    Issuer issuer = situation.issuer();
    if (!Signers.isElsewhere(issuer)) {
      return Optional.empty();
    }
    Optional<Waiting> held = held(Paces.find(connection, issuer.id()));
    if (held.isPresent()) {
      return held;
    }
    Optional<Waiting> budget = budget(connection, situation);
    return budget.isPresent()
        ? budget
        : Issuings.turn(connection, situation.certificate().id())
            .filter(turn -> !turn.due())
            .map(turn -> new Waiting(Waiting.Reason.TURN, turn.at(), null, null));
  }

  /** Empty also if somebody asked for a renewal: whoever may not is told so at once. */
  private static Optional<Waiting> budget(Connection connection, Situation situation)
      throws SQLException {
    return situation.asked() != null
        ? Optional.empty()
        : usedUpUntil(connection, situation)
            .map(until -> new Waiting(Waiting.Reason.BUDGET, until, null, null));
  }

  /** When it may be ordered again; empty for now. */
  static Optional<Instant> usedUpUntil(Connection connection, Situation situation)
      throws SQLException {
    return budgetOf(situation).usedUpUntil(connection, situation.certificate().id());
  }

  static Budget budgetOf(Situation situation) {
    Revised active = situation.active();
    Duration wished = situation.certificate().life();
    Duration given = active == null ? wished : active.validity().life();
    return Budget.of(given.compareTo(wished) < 0 ? given : wished);
  }

  private Optional<Waiting> held(Pace pace) {
    if (pace.away()) {
      return Optional.of(
          new Waiting(
              Waiting.Reason.ISSUER_AWAY,
              clock.instant().plus(PATIENCE),
              pace.openedAt(),
              pace.fault()));
    }
    return Optional.ofNullable(pace.heldUntil())
        .map(until -> new Waiting(Waiting.Reason.ISSUER_BUSY, until, null, null));
  }
}
