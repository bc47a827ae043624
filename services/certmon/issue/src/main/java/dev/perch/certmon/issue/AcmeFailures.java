package dev.perch.certmon.issue;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeNotSupportedException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;

/** What a fault of an ACME server or of the way to it means for us (RFC 8555 §6.7). */
final class AcmeFailures {
  private static final String ACCOUNT_LOST = "accountDoesNotExist";
  private static final Duration WITHOUT_RETRY_AFTER = Duration.ofMinutes(1);

  private final URI directory;
  private final Clock clock;

  AcmeFailures(URI directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * @param fault an {@link AcmeException}, or one of the unchecked ones that acme4j throws
   */
  Failure of(Exception fault) {
    return switch (fault) {
      case AcmeLazyLoadingException lazy when lazy.getCause() instanceof AcmeException cause ->
          of(cause);
      case AcmeNetworkException network when network.getCause() instanceof IOException cause ->
          Unreachable.of(directory, cause);
      case AcmeRateLimitedException limited -> rateLimited(limited);
      case AcmeServerException server -> of(server.getProblem());
      case AcmeNotSupportedException missing ->
          new Failure.Permanent("not-supported", detail(missing));
      // An error page of a proxy, half a document: not what the server meant to say.
      default -> new Failure.Away("unreadable-answer", detail(fault));
    };
  }

  Failure of(Problem problem) {
    String code = code(problem);
    String detail = detail(problem);
    return switch (code) {
      case "userActionRequired",
          "unauthorized",
          "externalAccountRequired",
          "invalidContact",
          "unsupportedContact" ->
          new Failure.NeedsHuman(code, detail);
      case "connection", "dns", "incorrectResponse", "tls" ->
          new Failure.Validation(code, detail, names(problem));
      case "badCSR",
          "badPublicKey",
          "badSignatureAlgorithm",
          "caa",
          "rejectedIdentifier",
          "unsupportedIdentifier",
          "invalidProfile",
          "malformed" ->
          new Failure.Permanent(code, detail);
      case "serverInternal" -> new Failure.Away(code, detail);
      case "rateLimited" -> new Failure.RateLimited(code, detail, WITHOUT_RETRY_AFTER);
      case "compound" -> compound(problem, detail);
      default -> new Failure.Transient(code, detail);
    };
  }

  /** Whether the server does not know our account (any more). */
  static boolean isAccountLost(Exception fault) {
    return switch (fault) {
      case AcmeLazyLoadingException lazy when lazy.getCause() instanceof AcmeException cause ->
          isAccountLost(cause);
      case AcmeServerException server -> code(server.getProblem()).equals(ACCOUNT_LOST);
      default -> false;
    };
  }

  /** The last part of its type. */
  static String code(Problem problem) {
    String type = problem.getType().toString();
    return type.substring(type.lastIndexOf(':') + 1);
  }

  private Failure rateLimited(AcmeRateLimitedException limited) {
    Duration retryAfter =
        limited
            .getRetryAfter()
            .map(at -> RetryAfter.clamp(Duration.between(clock.instant(), at)))
            .orElse(WITHOUT_RETRY_AFTER);
    return new Failure.RateLimited("rateLimited", detail(limited.getProblem()), retryAfter);
  }

  /** Several problems at once: what cannot be mended decides. */
  private Failure compound(Problem problem, String detail) {
    List<Failure> failures = problem.getSubProblems().stream().map(this::of).toList();
    return failures.stream()
        .filter(each -> each instanceof Failure.Permanent || each instanceof Failure.NeedsHuman)
        .findFirst()
        .or(() -> failures.stream().findFirst())
        .orElseGet(() -> new Failure.Permanent("compound", detail));
  }

  private static List<String> names(Problem problem) {
    return problem.getIdentifier().map(Identifier::getValue).stream().toList();
  }

  private static String detail(Problem problem) {
    StringBuilder detail = new StringBuilder(problem.getDetail().orElse(problem.toString()));
    for (Problem sub : problem.getSubProblems()) {
      detail.append("; ").append(sub.toString());
    }
    return detail.toString();
  }

  private static String detail(Exception fault) {
    String message = fault.getMessage();
    return message == null ? fault.getClass().getSimpleName() : message;
  }
}
