package dev.perch.cli.rest;

import dev.perch.cli.Failure;
import java.time.Duration;

/** A service answered with a problem. */
public final class ProblemFailure extends Failure {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;
  private final Duration retryAfter;

  ProblemFailure(Problem problem, Duration retryAfter) {
    super(problem.exitCode(), problem.headline(), problem.remedies());
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  public Problem problem() {
    return problem;
  }

  /** As the service asked; a second if it did not. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
