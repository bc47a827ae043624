package dev.perch.tsn.plan.engine;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A stream with a place for each of its trees. */
public record Placed(Demand demand, List<Placement> trees) {
  /** The numbers of the links it travels. */
  public IntStream ports() {
    return trees.stream().flatMapToInt(tree -> Arrays.stream(tree.layout.links));
  }
}
