package dev.perch.tsn.plan.model;

import java.util.List;

/**
 * Where and when one stream travels.
 *
 * @param stream its name
 * @param trees one for each seamless tree that the stream asks for
 */
public record StreamPlan(String stream, List<Tree> trees) {
  public StreamPlan {
    trees = List.copyOf(trees);
    new Violations("plan of stream " + stream)
        .require(!trees.isEmpty(), "trees", "empty", "give at least one")
        .raise();
  }
}
