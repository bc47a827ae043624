package dev.perch.certmon.kubernetes;

import java.util.Optional;

/** A request that failed, on its way to the caller of this package, who gets the failure alone. */
class ApiFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  ApiFailure(Failure failure) {
    super(failure.toString(), null, false, false);
    this.failure = failure;
  }

  Failure failure() {
    return failure;
  }

  /** 409: the object is not what the request took it for, or has another owner. */
  static final class Conflict extends ApiFailure {
    private static final long serialVersionUID = 1;

    Conflict(String detail) {
      super(new Failure.Busy(detail));
    }
  }

  /** 410: what happened since that version is forgotten. */
  static final class Expired extends ApiFailure {
    private static final long serialVersionUID = 1;

    Expired(String detail) {
      super(new Failure.Unwell(detail, Optional.empty()));
    }
  }
}
