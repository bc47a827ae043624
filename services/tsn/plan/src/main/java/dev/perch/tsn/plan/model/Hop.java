package dev.perch.tsn.plan.model;

import java.util.List;

/**
 * The transmissions of a stream on one link of one tree, the same in every interval.
 *
 * @param link the link's name
 * @param queue the queue of the sending port
 * @param starts start of transmission of each frame of the interval, ns after the start of an
 *     interval at the talker, in order; may lie beyond the end of the interval
 */
public record Hop(String link, int queue, List<Long> starts) {
  public Hop {
    starts = List.copyOf(starts);
    var violations =
        new Violations("hop on " + link)
            .require(queue >= 0 && queue <= 7, "queue", queue, "must be 0 to 7")
            .require(!starts.isEmpty(), "starts", "empty", "give one for each frame");
    for (int i = 0; i < starts.size(); i++) {
      violations
          .atLeast(0, "start", starts.get(i))
          .require(
              i == 0 || starts.get(i) > starts.get(i - 1),
              "start",
              starts.get(i),
              "must be after the frame before");
    }
    violations.raise();
  }

  /** Start of the first frame. */
  public long start() {
    return starts.getFirst();
  }
}
