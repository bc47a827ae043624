package dev.perch.certmon.secret;

import dev.perch.certmon.kubernetes.Failure;
import dev.perch.kit.reconcile.ErrorClass;
import dev.perch.kit.reconcile.Outcome;

/** What the failures of a cluster mean to the queue. */
final class Failures {
  private Failures() {}

  /** Tried again when the cluster said so, else after the back-off of its class. */
  static Outcome.Failed outcome(Failure failure) {
    return new Outcome.Failed(
        errorClass(failure), failure.detail(), failure.retryAfter().orElse(null));
  }

  /** Whether it is about the cluster and not about the one Secret. */
  static boolean isOfCluster(Failure failure) {
    return switch (failure) {
      case Failure.Unreachable f -> true;
      case Failure.Untrusted f -> true;
      case Failure.Unauthorised f -> true;
      case Failure.Unwell f -> true;
      case Failure.Throttled f -> false;
      case Failure.Busy f -> false;
      case Failure.Forbidden f -> false;
      case Failure.NamespaceMissing f -> false;
      case Failure.PasswordMissing f -> false;
      case Failure.Terminating f -> false;
      case Failure.Refused f -> false;
    };
  }

  private static ErrorClass errorClass(Failure failure) {
    return switch (failure) {
      case Failure.Unreachable f -> ErrorClass.TRANSIENT;
      case Failure.Unwell f -> ErrorClass.TRANSIENT;
      case Failure.Throttled f -> ErrorClass.TRANSIENT;
      case Failure.Busy f -> ErrorClass.TRANSIENT;
      // Somebody has to change something in the cluster.
      case Failure.Forbidden f -> ErrorClass.REFUSED;
      case Failure.NamespaceMissing f -> ErrorClass.REFUSED;
      case Failure.PasswordMissing f -> ErrorClass.REFUSED;
      case Failure.Terminating f -> ErrorClass.REFUSED;
      case Failure.Refused f -> ErrorClass.REFUSED;
      // Somebody has to change the cluster here; that wakes whoever waits.
      case Failure.Untrusted f -> ErrorClass.MISCONFIGURED;
      case Failure.Unauthorised f -> ErrorClass.MISCONFIGURED;
    };
  }
}
