package dev.perch.certmon.issue;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.OrderBuilder;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;

/**
 * One step of an order (RFC 8555 §7.4). Each reads what the server has before it changes anything,
 * so that a step which was done, and then forgotten in a crash, is not done again.
 */
final class AcmeOrder {
  private static final int POLLS_FOR_VISIBILITY = 60;
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final AcmeSettings settings;
  private final AcmeChallenges challenges;
  private final AcmeFailures failures;
  private final Clock clock;

  AcmeOrder(AcmeSettings settings, AcmeChallenges challenges, AcmeFailures failures, Clock clock) {
    this.settings = settings;
    this.challenges = challenges;
    this.failures = failures;
    this.clock = clock;
  }

  Step advance(Login login, CertificateRequest request, Issuance state) throws AcmeException {
    if (state instanceof Issuance.OfOrder of && !isOf(login, of)) {
      return restart("account-lost", "the account that made the order is gone");
    }
    return switch (state) {
      case Issuance.Requested requested -> order(login, request);
      case Issuance.Ordered ordered -> choose(login, request, ordered);
      case Issuance.Challenged challenged -> answer(login, challenged);
      case Issuance.Triggered triggered -> conclude(login, request, triggered);
      case Issuance.Finalizing finalizing -> collect(login, request, finalizing);
      case Issuance.Issued issued -> throw new IllegalArgumentException("it is issued");
    };
  }

  private static boolean isOf(Login login, Issuance.OfOrder of) {
    return AcmeIssuer.uri(login.getAccountLocation()).equals(of.account());
  }

  private Step order(Login login, CertificateRequest request) throws AcmeException {
    Order order;
    try {
      order = builder(login, request, request.replaces()).create();
    } catch (AcmeRateLimitedException e) {
      throw e;
    } catch (AcmeServerException e) {
      if (request.replaces() == null) {
        throw e;
      }
      // It was replaced already, or is not this server's: no reason to let it expire.
      order = builder(login, request, null).create();
    }
    return new Step.Advanced(
        new Issuance.Ordered(
            AcmeIssuer.uri(login.getAccountLocation()), AcmeIssuer.uri(order.getLocation())));
  }

  private OrderBuilder builder(Login login, CertificateRequest request, @Nullable String replaces) {
    OrderBuilder builder = login.newOrder();
    for (SubjectName name : request.names()) {
      builder.identifier(
          name.kind() == SubjectName.Kind.IP
              ? Identifier.ip(name.value())
              : new Identifier(Identifier.TYPE_DNS, name.value()));
    }
    if (request.profile() != null) {
      builder.profile(request.profile());
    }
    if (replaces != null) {
      builder.replaces(replaces);
    }
    if (settings.sendsLife()) {
      builder.notAfter(clock.instant().plus(request.life()));
    }
    return builder;
  }

  /** Decides how to prove what is not proven yet. */
  private Step choose(Login login, CertificateRequest request, Issuance.Ordered state)
      throws AcmeException {
    Order order = login.bindOrder(url(state.order()));
    Optional<Step> gone = fetch(order).gone();
    if (gone.isPresent()) {
      return gone.get();
    }
    if (order.getStatus() == Status.INVALID) {
      return refused(login, order, List.of());
    }
    if (order.getStatus() != Status.PENDING) {
      // All proven before.
      return new Step.Advanced(
          new Issuance.Triggered(state.account(), state.order(), List.of(), 0));
    }
    List<Challenge> chosen = new ArrayList<>();
    for (Authorization authorization : order.getAuthorizations()) {
      var ignored = authorization.fetch();
      if (authorization.getStatus() == Status.VALID) {
        continue;
      }
      Optional<Challenge> challenge = challenges.choose(authorization, request.names());
      if (challenge.isEmpty()) {
        return new Step.Failed(
            state,
            new Failure.Permanent(
                "no-solver", "no solver answers for " + authorization.getIdentifier().getValue()));
      }
      chosen.add(challenge.get());
    }
    return new Step.Advanced(new Issuance.Challenged(state.account(), state.order(), chosen, 0));
  }

  /** Makes the answers visible and tells the server to look. */
  private Step answer(Login login, Issuance.Challenged state) throws AcmeException {
    try {
      challenges.present(state.challenges());
      if (!challenges.areVisible(state.challenges())) {
        return notVisible(state);
      }
    } catch (IOException e) {
      return new Step.Failed(state, new Failure.Transient("not-presented", detail(e)));
    }
    for (Challenge challenge : state.challenges()) {
      var theirs = login.bindChallenge(url(challenge.url()));
      if (theirs.getStatus() == Status.PENDING) {
        theirs.trigger();
      }
    }
    return new Step.Advanced(
        new Issuance.Triggered(state.account(), state.order(), state.challenges(), 0));
  }

  private static Step notVisible(Issuance.Challenged state) {
    var next =
        new Issuance.Challenged(
            state.account(), state.order(), state.challenges(), state.polls() + 1);
    if (next.polls() < POLLS_FOR_VISIBILITY) {
      return new Step.Waiting(next, BETWEEN_LOOKS);
    }
    return new Step.Failed(
        new Issuance.Challenged(state.account(), state.order(), state.challenges(), 0),
        new Failure.Validation(
            "not-visible",
            "the answers cannot be seen after %d looks".formatted(next.polls()),
            state.challenges().stream().map(each -> each.name().toString()).toList()));
  }

  /** Waits for the server's verdict, then gives it the CSR. */
  private Step conclude(Login login, CertificateRequest request, Issuance.Triggered state)
      throws AcmeException {
    Order order = login.bindOrder(url(state.order()));
    Read read = fetch(order);
    if (read.gone().isPresent()) {
      challenges.remove(state.challenges());
      return read.gone().get();
    }
    return switch (order.getStatus()) {
      case READY -> {
        challenges.remove(state.challenges());
        order.execute(request.csr().der());
        yield finalizing(state);
      }
      case PROCESSING, VALID -> {
        challenges.remove(state.challenges());
        yield finalizing(state);
      }
      case INVALID -> {
        challenges.remove(state.challenges());
        yield refused(login, order, state.challenges());
      }
      default ->
          new Step.Waiting(
              new Issuance.Triggered(
                  state.account(), state.order(), state.challenges(), state.polls() + 1),
              Backoff.after(state.polls(), read.retryAfter(), clock));
    };
  }

  private static Step finalizing(Issuance.OfOrder state) {
    return new Step.Advanced(new Issuance.Finalizing(state.account(), state.order(), 0));
  }

  /** Waits for the certificate and fetches it. */
  private Step collect(Login login, CertificateRequest request, Issuance.Finalizing state)
      throws AcmeException {
    Order order = login.bindOrder(url(state.order()));
    Read read = fetch(order);
    if (read.gone().isPresent()) {
      return read.gone().get();
    }
    return switch (order.getStatus()) {
      case VALID -> {
        Certificate certificate = order.getCertificate();
        certificate.download();
        yield new Step.Advanced(
            new Issuance.Issued(
                new Chain(certificate.getCertificateChain()),
                AcmeIssuer.uri(certificate.getLocation())));
      }
      case INVALID -> refused(login, order, List.of());
      case READY -> {
        // The CSR did not arrive after all.
        order.execute(request.csr().der());
        yield new Step.Waiting(state, Backoff.after(state.polls()));
      }
      default ->
          new Step.Waiting(
              new Issuance.Finalizing(state.account(), state.order(), state.polls() + 1),
              Backoff.after(state.polls(), read.retryAfter(), clock));
    };
  }

  /** The server will have no more of this order. */
  private Step refused(Login login, Order order, List<Challenge> answered) throws AcmeException {
    Optional<Failure> invalid = Optional.empty();
    for (Challenge challenge : answered) {
      var theirs = login.bindChallenge(url(challenge.url()));
      if (invalid.isEmpty() && theirs.getStatus() == Status.INVALID) {
        invalid = theirs.getError().map(problem -> named(failures.of(problem), challenge.name()));
      }
    }
    Failure failure =
        invalid
            .or(() -> order.getError().map(failures::of))
            .orElseGet(() -> new Failure.Transient("order-invalid", "the order is invalid"));
    return new Step.Failed(new Issuance.Requested(), failure);
  }

  /** A problem of a challenge says what is wrong with the answer, not with the request. */
  private static Failure named(Failure failure, SubjectName name) {
    return switch (failure) {
      case Failure.Validation validation ->
          new Failure.Validation(validation.code(), validation.detail(), List.of(name.toString()));
      case Failure.NeedsHuman(String code, String detail) when code.equals("unauthorized") ->
          new Failure.Validation(code, detail, List.of(name.toString()));
      default -> failure;
    };
  }

  private Read fetch(Order order) throws AcmeException {
    try {
      return new Read(order.fetch(), Optional.empty());
    } catch (AcmeServerException e) {
      String code = AcmeFailures.code(e.getProblem());
      return switch (code) {
        // What servers say about an order that they do not have, or have no more.
        case "malformed", "unauthorized", "notFound" ->
            new Read(
                Optional.empty(),
                Optional.of(
                    restart("order-gone", e.getProblem().getDetail().orElse("no such order"))));
        default -> throw e;
      };
    }
  }

  /**
   * @param retryAfter when to ask again, if the server cares
   * @param gone what to do because it has no such order
   */
  private record Read(Optional<Instant> retryAfter, Optional<Step> gone) {}

  private static Step restart(String code, String detail) {
    return new Step.Failed(new Issuance.Requested(), new Failure.Transient(code, detail));
  }

  private static URL url(URI uri) {
    try {
      return uri.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String detail(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
