package dev.perch.tsn.plan;

import dev.perch.tsn.plan.engine.Demand;
import java.util.BitSet;
import java.util.List;

/**
 * What a call did to a {@link Draft}.
 *
 * @param answer of the call
 * @param placed streams that are new, or elsewhere
 * @param removed names of streams that went
 * @param ports numbers of the links that send something else now
 * @param undo takes all of it back
 */
record Step<A>(A answer, List<Demand> placed, List<String> removed, BitSet ports, Runnable undo) {

  /** Nothing was done. */
  static <A> Step<A> none(A answer) {
    return new Step<>(answer, List.of(), List.of(), new BitSet(), () -> {});
  }

  boolean changedNothing() {
    return placed.isEmpty() && removed.isEmpty();
  }
}
