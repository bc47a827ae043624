package dev.perch.certmon.certificate;

import dev.perch.certmon.issue.Failure;
import dev.perch.certmon.renewal.Retry;
import dev.perch.kit.reconcile.ErrorClass;
import dev.perch.kit.reconcile.Outcome;
import java.time.Duration;

/** When what an issuer did not do is tried again. */
final class Refused {
  private Refused() {}

  /**
   * @param attempt how often in a row it has failed before
   * @param left life of what is in use; zero if there is none
   */
  static Outcome.Failed outcome(Failure failure, int attempt, Duration left) {
    String text = failure.code() + ": " + failure.detail();
    return switch (failure) {
      case Failure.Away any ->
          new Outcome.Failed(ErrorClass.TRANSIENT, text, Retry.TRANSIENT.after(attempt, left));
      case Failure.Transient any ->
          new Outcome.Failed(ErrorClass.TRANSIENT, text, Retry.TRANSIENT.after(attempt, left));
      case Failure.RateLimited(String code, String detail, Duration retryAfter) ->
          new Outcome.Failed(ErrorClass.TRANSIENT, text, retryAfter);
      case Failure.Validation any ->
          new Outcome.Failed(ErrorClass.REFUSED, text, Retry.VALIDATION.after(attempt, left));
      case Failure.Permanent any ->
          new Outcome.Failed(ErrorClass.MISCONFIGURED, text, Retry.PERMANENT.after(attempt, left));
      case Failure.NeedsHuman any ->
          new Outcome.Failed(ErrorClass.MISCONFIGURED, text, Retry.PERMANENT.after(attempt, left));
    };
  }
}
