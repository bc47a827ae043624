package dev.perch.tsn.plan;

import dev.perch.tsn.plan.check.Flaw;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A checker objected to what the planner made: a fault in the planner or in a checker, never in the
 * input. Nothing was published, and nothing was changed.
 */
public final class UnsoundPlanException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  private final transient List<Flaw> flaws;

  /**
   * @param flaws everything that was found; at least one
   */
  public UnsoundPlanException(List<Flaw> flaws) {
    super(
        flaws.stream()
            .map(Flaw::message)
            .collect(Collectors.joining("\n", "the plan did not pass its checks:\n", "")));
    this.flaws = List.copyOf(flaws);
  }

  /** Everything that both checkers found; never empty. */
  public List<Flaw> flaws() {
    return flaws;
  }
}
