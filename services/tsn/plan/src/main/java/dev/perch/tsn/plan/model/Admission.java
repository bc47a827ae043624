package dev.perch.tsn.plan.model;

import java.util.List;

/** What became of one stream that was asked for. */
public sealed interface Admission {
  String stream();

  /**
   * The stream has a place.
   *
   * @param plan where and when it travels
   * @param moved streams that were moved for it, by name; always movable ones, most often none
   */
  record Accepted(StreamPlan plan, List<String> moved) implements Admission {
    public Accepted {
      moved = List.copyOf(moved);
    }

    @Override
    public String stream() {
      return plan.stream();
    }
  }

  /** The stream has no place; nothing was changed. */
  record Refused(Refusal refusal) implements Admission {
    @Override
    public String stream() {
      return refusal.stream();
    }
  }
}
