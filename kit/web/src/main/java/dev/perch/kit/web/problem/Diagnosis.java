package dev.perch.kit.web.problem;

import dev.perch.kit.web.Problem;
import dev.perch.kit.web.ProblemException;
import dev.perch.kit.web.Violation;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.CompositeException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Says which problem an exception is. */
final class Diagnosis {
  private static final int DEEPEST = 20;
  private static final Duration SOON = Duration.ofSeconds(1);

  private Diagnosis() {}

  static Problem of(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      Problem problem = known(cause);
      if (problem != null) {
        return problem;
      }
      cause = next(cause);
    }
    return new Problem.Internal();
  }

  private static @Nullable Problem known(Throwable cause) {
    return switch (cause) {
      case ProblemException refused -> refused.problem();
      case WebApplicationException http -> ofStatus(http.getResponse().getStatus());
      case AuthenticationFailedException failed -> unauthenticated(failed);
      case AuthenticationCompletionException failed -> unauthenticated(failed);
      case UnauthorizedException unknown -> new Problem.Unauthenticated();
      case ForbiddenException forbidden -> new Problem.Forbidden();
      case RejectedExecutionException full ->
          new Problem.Unavailable("Too many requests at the same time.", SOON);
      default -> Outage.of(cause);
    };
  }

  private static Problem unauthenticated(Throwable failure) {
    Problem outage = Outage.ofIssuer(failure);
    return outage == null ? new Problem.Unauthenticated() : outage;
  }

  /** The problem of a status that came without an exception of ours. */
  static Problem ofStatus(int status) {
    return switch (status) {
      case 400 ->
          new Problem.Invalid(
              List.of(
                  new Violation(
                      "request.malformed", "", null, "Send a well-formed HTTP request.")));
      case 401 -> new Problem.Unauthenticated();
      case 403 -> new Problem.Forbidden();
      case 404 -> new Problem.NotFound("There is nothing at this path.");
      case 405 ->
          refusal(405, "method-not-allowed", "Method not allowed", "This path has other methods.");
      case 406 ->
          refusal(
              406,
              "not-acceptable",
              "Not acceptable",
              "Accept application/json, or text/event-stream to watch.");
      case 413 -> new Problem.TooLarge("The body is larger than any that is taken here.");
      case 414, 431 ->
          refusal(status, "head-too-large", "The request's head is too large", "Send less of it.");
      case 415 ->
          refusal(
              415,
              "unsupported-media-type",
              "Unsupported media type",
              "Send application/json, or application/merge-patch+json with PATCH.");
      case 503 -> new Problem.Unavailable("Try again.", SOON);
      default ->
          status >= 400 && status < 500
              ? refusal(status, "refused", "The request was refused", "See the status.")
              : new Problem.Internal();
    };
  }

  private static Problem refusal(int status, String slug, String title, String detail) {
    return new Problem.NotAcceptable(new Problem.Type(status, slug, title), detail);
  }

  private static @Nullable Throwable next(Throwable failure) {
    return failure instanceof CompositeException several
        ? several.getCauses().getFirst()
        : failure.getCause();
  }
}
