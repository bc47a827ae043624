package dev.perch.tsn.plan.model;

import java.util.List;
import java.util.stream.Collectors;

/** What was given makes no sense; carries every violation, not only the first. */
public final class InvalidModelException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient List<Violation> violations;

  public InvalidModelException(List<Violation> violations) {
    super(violations.stream().map(Violation::toString).collect(Collectors.joining("\n")));
    this.violations = List.copyOf(violations);
  }

  /** Never empty. */
  public List<Violation> violations() {
    return violations;
  }
}
