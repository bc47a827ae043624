package dev.perch.kit.web;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every way a request can fail, as RFC 9457 problem details. The package {@code problem} is the one
 * place that turns them into answers.
 */
public sealed interface Problem {

  /**
   * What is the same of every problem of a kind.
   *
   * @param slug the stable last segment of {@code type}: {@code urn:perch:problem:<slug>}
   */
  record Type(int status, String slug, String title) {}

  Type type();

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
    public Type type() {
      return new Type(400, "invalid-request", "The request is not valid");
    }
  }

  /** The caller is not known: no token, or one that is not good. Says nothing more. */
  record Unauthenticated() implements Problem {
    @Override
    public Type type() {
      return new Type(401, "unauthenticated", "Authentication is required");
    }

    @Override
    public String detail() {
      return "Send a valid bearer token.";
    }
  }

  /** The caller is known and may not do this. Says nothing more. */
  record Forbidden() implements Problem {
    @Override
    public Type type() {
      return new Type(403, "forbidden", "Not allowed");
    }

    @Override
    public String detail() {
      return "Your roles do not allow this.";
    }
  }

  record NotFound(String detail) implements Problem {
    @Override
    public Type type() {
      return new Type(404, "not-found", "Not found");
    }
  }

  /** The request is right in itself and clashes with what exists. */
  record Conflict(String detail, @Override List<Violation> violations) implements Problem {
    public Conflict {
      violations = List.copyOf(violations);
    }

    @Override
    public Type type() {
      return new Type(409, "conflict", "The request conflicts with what exists");
    }
  }

  /** An action whose named checks do not all hold; violations has each that does not. */
  record ActionRefused(String detail, @Override List<Violation> violations) implements Problem {
    public ActionRefused {
      violations = List.copyOf(violations);
    }

    @Override
    public Type type() {
      return new Type(409, "action-refused", "The action cannot be done now");
    }
  }

  /** Nothing in this installation can do what was asked, whatever the state of things. */
  record NoDriver(String detail, @Override List<Violation> violations) implements Problem {
    public NoDriver {
      violations = List.copyOf(violations);
    }

    @Override
    public Type type() {
      return new Type(422, "no-driver", "There is no driver for this");
    }
  }

  /** A request with the same Idempotency-Key is still being worked on. */
  record IdempotencyInFlight() implements Problem {
    @Override
    public Type type() {
      return new Type(409, "idempotency-in-flight", "The same request is being worked on");
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
    public Type type() {
      return new Type(
          422, "idempotency-key-reused", "The Idempotency-Key was used for another request");
    }

    @Override
    public String detail() {
      return "Use a new key for a new request; a key is remembered for 24 hours.";
    }
  }

  /** A cursor names events that are no longer kept. */
  record CursorGone() implements Problem {
    @Override
    public Type type() {
      return new Type(410, "cursor-gone", "The cursor is too old");
    }

    @Override
    public String detail() {
      return "List the resources again and watch from the cursor that answer carries.";
    }
  }

  record PreconditionFailed(String detail) implements Problem {
    @Override
    public Type type() {
      return new Type(412, "precondition-failed", "The resource has changed since you read it");
    }
  }

  record PreconditionRequired() implements Problem {
    @Override
    public Type type() {
      return new Type(428, "precondition-required", "If-Match is required");
    }

    @Override
    public String detail() {
      return "Read the resource and send its ETag in If-Match.";
    }
  }

  record TooLarge(String detail) implements Problem {
    @Override
    public Type type() {
      return new Type(413, "too-large", "The request is too large");
    }
  }

  /** HTTP's own refusals: 405, 406, 415. */
  record NotAcceptable(@Override Type type, String detail) implements Problem {}

  /** Something Perch needs is away; the request may be sent again. */
  record Unavailable(String detail, @Override Duration retryAfter) implements Problem {
    @Override
    public Type type() {
      return new Type(503, "unavailable", "Not available at the moment");
    }
  }

  /** A fault of Perch's own; the log has it under the trace id. */
  record Internal() implements Problem {
    @Override
    public Type type() {
      return new Type(500, "internal", "Internal error");
    }

    @Override
    public String detail() {
      return "Perch failed; its log has the cause under this trace id.";
    }
  }
}
