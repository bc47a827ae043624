package dev.perch.kit.web;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every way a request can fail, as RFC 9457 problem details. The package {@code problem} is the one
 * place that turns them into answers.
 */
public sealed interface Problem {

  int status();

  /** The stable last segment of {@code type}: {@code urn:perch:problem:<slug>}. */
  String slug();

  String title();

  String detail();

  default List<Violation> violations() {
    return List.of();
  }

  /** How long to wait before the same request may succeed. */
  default @Nullable Duration retryAfter() {
    return null;
  }

  /** Throws this problem as the outcome of the request. */
  default ProblemException asException() {
    return new ProblemException(this);
  }

  /** The request is wrong in itself; sending it again will not help. */
  record Invalid(String detail, @Override List<Violation> violations) implements Problem {
    public Invalid {
      violations = List.copyOf(violations);
    }

    public Invalid(List<Violation> violations) {
      this("The request was refused; violations lists everything that is wrong.", violations);
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String slug() {
      return "invalid-request";
    }

    @Override
    public String title() {
      return "The request is not valid";
    }
  }

  /** The caller is not known: no token, or one that is not good. Says nothing more. */
  record Unauthenticated() implements Problem {
    @Override
    public int status() {
      return 401;
    }

    @Override
    public String slug() {
      return "unauthenticated";
    }

    @Override
    public String title() {
      return "Authentication is required";
    }

    @Override
    public String detail() {
      return "Send a valid bearer token.";
    }
  }

  /** The caller is known and may not do this. Says nothing more. */
  record Forbidden() implements Problem {
    @Override
    public int status() {
      return 403;
    }

    @Override
    public String slug() {
      return "forbidden";
    }

    @Override
    public String title() {
      return "Not allowed";
    }

    @Override
    public String detail() {
      return "Your roles do not allow this.";
    }
  }

  record NotFound(String detail) implements Problem {
    @Override
    public int status() {
      return 404;
    }

    @Override
    public String slug() {
      return "not-found";
    }

    @Override
    public String title() {
      return "Not found";
    }
  }

  /** The request is right in itself and clashes with what exists. */
  record Conflict(String detail, @Override List<Violation> violations) implements Problem {
    public Conflict {
      violations = List.copyOf(violations);
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String slug() {
      return "conflict";
    }

    @Override
    public String title() {
      return "The request conflicts with what exists";
    }
  }

  /** An action whose named checks do not all hold; violations has each that does not. */
  record ActionRefused(String detail, @Override List<Violation> violations) implements Problem {
    public ActionRefused {
      violations = List.copyOf(violations);
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String slug() {
      return "action-refused";
    }

    @Override
    public String title() {
      return "The action cannot be done now";
    }
  }

  /** Nothing in this installation can do what was asked, whatever the state of things. */
  record NoDriver(String detail, @Override List<Violation> violations) implements Problem {
    public NoDriver {
      violations = List.copyOf(violations);
    }

    @Override
    public int status() {
      return 422;
    }

    @Override
    public String slug() {
      return "no-driver";
    }

    @Override
    public String title() {
      return "There is no driver for this";
    }
  }

  /** A request with the same Idempotency-Key is still being worked on. */
  record IdempotencyInFlight() implements Problem {
    @Override
    public int status() {
      return 409;
    }

    @Override
    public String slug() {
      return "idempotency-in-flight";
    }

    @Override
    public String title() {
      return "The same request is being worked on";
    }

    @Override
    public String detail() {
      return "A request with this Idempotency-Key has not finished; ask again for its answer.";
    }

    @Override
    public Duration retryAfter() {
      return Duration.ofSeconds(1);
    }
  }

  /** An Idempotency-Key came again with another body. */
  record IdempotencyKeyReused() implements Problem {
    @Override
    public int status() {
      return 422;
    }

    @Override
    public String slug() {
      return "idempotency-key-reused";
    }

    @Override
    public String title() {
      return "The Idempotency-Key was used for another request";
    }

    @Override
    public String detail() {
      return "Use a new key for a new request; a key is remembered for 24 hours.";
    }
  }

  /** A cursor names events that are no longer kept. */
  record CursorGone() implements Problem {
    @Override
    public int status() {
      return 410;
    }

    @Override
    public String slug() {
      return "cursor-gone";
    }

    @Override
    public String title() {
      return "The cursor is too old";
    }

    @Override
    public String detail() {
      return "List the resources again and watch from the cursor that answer carries.";
    }
  }

  record PreconditionFailed(String detail) implements Problem {
    @Override
    public int status() {
      return 412;
    }

    @Override
    public String slug() {
      return "precondition-failed";
    }

    @Override
    public String title() {
      return "The resource has changed since you read it";
    }
  }

  record PreconditionRequired() implements Problem {
    @Override
    public int status() {
      return 428;
    }

    @Override
    public String slug() {
      return "precondition-required";
    }

    @Override
    public String title() {
      return "If-Match is required";
    }

    @Override
    public String detail() {
      return "Read the resource and send its ETag in If-Match.";
    }
  }

  record TooLarge(String detail) implements Problem {
    @Override
    public int status() {
      return 413;
    }

    @Override
    public String slug() {
      return "too-large";
    }

    @Override
    public String title() {
      return "The request is too large";
    }
  }

  /** HTTP's own refusals: 405, 406, 415. */
  record NotAcceptable(int status, String slug, String title, String detail) implements Problem {}

  /** Something Perch needs is away; the request may be sent again. */
  record Unavailable(String detail, @Override Duration retryAfter) implements Problem {
    @Override
    public int status() {
      return 503;
    }

    @Override
    public String slug() {
      return "unavailable";
    }

    @Override
    public String title() {
      return "Not available at the moment";
    }
  }

  /** A fault of Perch's own; the log has it under the trace id. */
  record Internal() implements Problem {
    @Override
    public int status() {
      return 500;
    }

    @Override
    public String slug() {
      return "internal";
    }

    @Override
    public String title() {
      return "Internal error";
    }

    @Override
    public String detail() {
      return "Perch failed; its log has the cause under this trace id.";
    }
  }
}
