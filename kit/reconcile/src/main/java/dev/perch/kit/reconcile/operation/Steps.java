package dev.perch.kit.reconcile.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.operation.Operation.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one operation: those that are done, at most one that is at work, those to come; or,
 * seen from the end, those never begun, those undone, one that is being undone, those still done.
 */
record Steps(List<StepEntry> all) {

  Steps {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("an operation without steps");
    }
  }

  static Steps of(List<String> names) {
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("two steps have one name: " + names);
    }
    return new Steps(names.stream().map(StepEntry::of).toList());
  }

  Optional<StepEntry> find(String name) {
    return all.stream().filter(step -> step.name().equals(name)).findFirst();
  }

  /** The one that is at work, forwards or backwards. */
  StepEntry current() {
    return all.get(at());
  }

  boolean isAtLast() {
    return at() == all.size() - 1;
  }

  private int at() {
    for (int i = 0; i < all.size(); i++) {
      StepState state = all.get(i).state();
      if (state == StepState.RUNNING
          || state == StepState.WAITING
          || state == StepState.COMPENSATING) {
        return i;
      }
    }
    throw new IllegalStateException("no step is at work: " + all);
  }

  Steps change(UnaryOperator<StepEntry> change) {
    return change(at(), change);
  }

  private Steps change(int index, UnaryOperator<StepEntry> change) {
    List<StepEntry> changed = new ArrayList<>(all);
    changed.set(index, change.apply(all.get(index)));
    return new Steps(changed);
  }

  Steps beginFirst(Instant now) {
    return change(0, step -> step.begun(now));
  }

  Steps done(@Nullable JsonNode output, Instant now) {
    return change(step -> step.done(output, now));
  }

  /** The current one is done and the one after it is begun. */
  Steps next(@Nullable JsonNode output, Instant now) {
    return done(output, now).change(at() + 1, step -> step.begun(now));
  }

  /** Nothing more is begun; what was begun last is undone first. */
  Steps turnedBack() {
    int at = at();
    return change(at, StepEntry::compensating).skippedFrom(at + 1);
  }

  /** The current one is done, and the first to be undone. */
  Steps doneInVain(@Nullable JsonNode output, Instant now) {
    return change(step -> step.done(output, now).compensating()).skippedFrom(at() + 1);
  }

  Steps skipped() {
    return skippedFrom(0);
  }

  private Steps skippedFrom(int first) {
    List<StepEntry> changed = new ArrayList<>(all.subList(0, first));
    all.subList(first, all.size()).forEach(step -> changed.add(step.skipped()));
    return new Steps(changed);
  }

  boolean isAtFirst() {
    return at() == 0;
  }

  Steps undone(Instant now) {
    return change(step -> step.compensated(now));
  }

  /** The current one is undone and the one before it comes next. */
  Steps previous(Instant now) {
    return undone(now).change(at() - 1, StepEntry::compensating);
  }
}
