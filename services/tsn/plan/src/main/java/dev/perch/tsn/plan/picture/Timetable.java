package dev.perch.tsn.plan.picture;

import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each port sends, by link. */
final class Timetable {
  private final Map<String, List<Entry>> byLink = new LinkedHashMap<>();

  /**
   * One frame of an interval on a link.
   *
   * @param onWire ns
   */
  record Entry(Stream stream, int frame, int queue, long start, long onWire) {
    String hint(long at) {
      return "%s, frame %d: %d to %d ns, queue %d"
          .formatted(stream.name(), frame, at, at + onWire, queue);
    }
  }

  Timetable(Network network, List<Stream> streams, Plan plan) {
    for (Stream stream : streams) {
      StreamPlan planned = plan.streams().get(stream.name());
      for (Tree tree : planned == null ? List.<Tree>of() : planned.trees()) {
        for (Hop hop : tree.hops()) {
          add(network, stream, hop);
        }
      }
    }
  }

  private void add(Network network, Stream stream, Hop hop) {
    network
        .link(hop.link())
        .ifPresent(
            link -> {
              List<Entry> entries = byLink.computeIfAbsent(hop.link(), name -> new ArrayList<>());
              for (int frame = 0; frame < hop.starts().size(); frame++) {
                entries.add(
                    new Entry(
                        stream,
                        frame,
                        hop.queue(),
                        hop.starts().get(frame),
                        link.wireTime(stream.frameBytes())));
              }
            });
  }

  /** The links that send anything. */
  List<String> links() {
    return List.copyOf(byLink.keySet());
  }

  List<Entry> of(String link) {
    return byLink.getOrDefault(link, List.of());
  }
}
