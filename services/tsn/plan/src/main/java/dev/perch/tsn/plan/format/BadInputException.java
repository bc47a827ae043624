package dev.perch.tsn.plan.format;

import java.util.List;
import java.util.stream.Collectors;

/** Files that make no sense; carries everything that is wrong with them. */
public final class BadInputException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<InputFault> faults;

  public BadInputException(List<InputFault> faults) {
    super(faults.stream().map(InputFault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  /** Never empty; in the order they stand in the files. */
  public List<InputFault> faults() {
    return faults;
  }
}
