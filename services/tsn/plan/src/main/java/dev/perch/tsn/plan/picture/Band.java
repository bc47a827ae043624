package dev.perch.tsn.plan.picture;

import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The times at which some gates are open, drawn behind a row. */
final class Band {
  private Band() {}

  /** One time. */
  record Open(long from, long to) {}

  /** All times between two moments at which a gate of the mask is open. */
  static List<Open> open(GateList list, int mask, long from, long to) {
    List<Open> open = new ArrayList<>();
    long at = Math.floorDiv(from, list.cycle()) * list.cycle();
    while (at < to) {
      for (GateEntry entry : list.entries()) {
        long end = at + entry.interval();
        if ((entry.gates() & mask) != 0 && end > from && at < to) {
          add(open, Math.max(at, from), Math.min(end, to));
        }
        at = end;
      }
    }
    return open;
  }

  static void draw(
      Svg svg, TimeAxis axis, GateList list, int mask, String style, double y, double height)
      throws IOException {
    for (Open open : open(list, mask, axis.from(), axis.to())) {
      String hint = "open from " + open.from + " to " + open.to + " ns";
      svg.bar(style, axis.x(open.from), y, axis.length(open.to - open.from), height, hint);
    }
  }

  private static void add(List<Open> open, long from, long to) {
    if (!open.isEmpty() && open.getLast().to == from) {
      open.set(open.size() - 1, new Open(open.getLast().from, to));
    } else {
      open.add(new Open(from, to));
    }
  }
}
