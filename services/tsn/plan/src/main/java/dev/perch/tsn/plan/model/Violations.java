package dev.perch.tsn.plan.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong, so that all of it can be told at once. */
final class Violations {
  private final String what;
  private final List<Violation> found = new ArrayList<>();

  /**
   * @param what the object that is looked at: {@code stream a_f0}
   */
  Violations(String what) {
    this.what = what;
  }

  Violations require(boolean right, String field, Object value, String remedy) {
    if (!right) {
      found.add(new Violation(what + ": " + field, String.valueOf(value), remedy));
    }
    return this;
  }

  Violations notBlank(String field, String value) {
    return require(!value.isBlank(), field, "blank", "give it a name");
  }

  Violations atLeast(long least, String field, long value) {
    // Words are made for what is wrong only: a plan has a million numbers.
    return value >= least ? this : require(false, field, value, "must be at least " + least);
  }

  Violations distinct(String field, List<String> values) {
    Set<String> seen = new HashSet<>();
    for (String value : values) {
      require(seen.add(value), field, value, "may appear once only");
    }
    return this;
  }

  List<Violation> list() {
    return List.copyOf(found);
  }

  /**
   * @throws InvalidModelException if there are any
   */
  void raise() {
    if (!found.isEmpty()) {
      throw new InvalidModelException(found);
    }
  }
}
