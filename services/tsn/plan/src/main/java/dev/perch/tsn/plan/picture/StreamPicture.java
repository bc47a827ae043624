package dev.perch.tsn.plan.picture;

import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.Tree;
import dev.perch.tsn.plan.picture.Timetable.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The way of one stream's frames, link after link, among those of others. */
final class StreamPicture {
  private static final double WIDTH = 1200;
  private static final double LEFT = 200;
  private static final double TOP = 48;
  private static final double ROW = 34;
  private static final double BAR = 26;

  private final Plan plan;
  private final Timetable timetable;
  private final Stream stream;
  private final List<Step> steps = new ArrayList<>();
  private long begin = Long.MAX_VALUE;
  private long end;

  /** A row. */
  private record Step(int tree, Link link, Hop hop, int row) {}

  StreamPicture(Network network, Plan plan, Timetable timetable, Stream stream) {
    this.plan = plan;
    this.timetable = timetable;
    this.stream = stream;
    var planned = plan.streams().get(stream.name());
    List<Tree> trees = planned == null ? List.of() : planned.trees();
    for (int tree = 0; tree < trees.size(); tree++) {
      for (Hop hop : trees.get(tree).hops()) {
        Link link = network.link(hop.link()).orElse(null);
        if (link != null) {
          steps.add(new Step(tree, link, hop, steps.size()));
          begin = Math.min(begin, hop.start());
          end = Math.max(end, hop.starts().getLast() + link.receptionTime(stream.frameBytes()));
        }
      }
    }
  }

  void write(Path path) throws IOException {
    Long bound = stream.maxLatency();
    // A bound that is far away would leave nothing of the frames to be seen.
    boolean near = bound != null && bound <= 3 * (end - begin);
    long last = near && bound != null ? Math.max(end, begin + bound) : end;
    long margin = Math.max(1, (last - begin) / 25);
    TimeAxis axis = new TimeAxis(begin - margin, last + margin, LEFT, WIDTH - LEFT - 30);
    double bottom = TOP + ROW * steps.size();
    String title =
        "%s from %s to %s: %d bytes every %d ns%s"
            .formatted(
                stream.name(),
                stream.talker(),
                String.join(", ", stream.listeners()),
                stream.frameBytes(),
                stream.interval(),
                bound == null ? "" : ", bound " + bound + " ns");
    try (Svg svg = new Svg(path, WIDTH, bottom + 76, title)) {
      svg.text("title", 10, 24, title);
      axis.draw(svg, TOP, bottom);
      for (Step step : steps) {
        drawRow(svg, axis, step);
      }
      drawWays(svg, axis);
      if (near && bound != null) {
        svg.line("bound", axis.x(begin + bound), TOP - 6, axis.x(begin + bound), bottom);
        svg.text("small end", axis.x(begin + bound) - 4, TOP - 2, "latency bound");
      }
      drawLegend(svg, bottom + 56);
    }
  }

  private void drawRow(Svg svg, TimeAxis axis, Step step) throws IOException {
    double y = TOP + ROW * step.row;
    String tree = step.tree == 0 ? "" : " (tree " + (step.tree + 1) + ")";
    svg.text("end", LEFT - 8, y + 16, step.link.from() + " to " + step.link.to() + tree);
    svg.text("small end", LEFT - 8, y + 28, "queue " + step.hop.queue());
    GateList gates = plan.gates().get(step.link.name());
    if (gates != null) {
      Band.draw(svg, axis, gates, 1 << step.hop.queue(), "gate", y + 4, BAR);
    }
    for (Entry entry : timetable.of(step.link.name())) {
      boolean own = entry.stream().name().equals(stream.name());
      long interval = entry.stream().interval();
      long first = axis.from() - entry.onWire() + 1;
      long at = entry.start() + Math.ceilDiv(first - entry.start(), interval) * interval;
      for (; at < axis.to(); at += interval) {
        long from = Math.max(at, axis.from());
        svg.bar(
            own ? "frame" : "company",
            own ? Palette.of(4) : "",
            axis.x(from),
            y + (own ? 8 : 14),
            axis.length(Math.min(at + entry.onWire(), axis.to()) - from),
            own ? BAR - 8 : BAR - 16,
            entry.hint(at));
      }
    }
  }

  /** From where a frame has arrived to where it is sent on. */
  private void drawWays(Svg svg, TimeAxis axis) throws IOException {
    Map<String, Step> reached = new HashMap<>();
    for (Step step : steps) {
      Step before = reached.get(step.tree + " " + step.link.from());
      if (before != null) {
        int frames = Math.min(step.hop.starts().size(), before.hop.starts().size());
        for (int frame = 0; frame < frames; frame++) {
          long there =
              before.hop.starts().get(frame)
                  + before.link.forwardingDelay(stream.frameBytes(), step.link);
          svg.line(
              "way",
              axis.x(Math.min(there, step.hop.starts().get(frame))),
              TOP + ROW * before.row + 4 + BAR,
              axis.x(step.hop.starts().get(frame)),
              TOP + ROW * step.row + 8);
        }
      }
      reached.put(step.tree + " " + step.link.to(), step);
    }
  }

  private static void drawLegend(Svg svg, double y) throws IOException {
    svg.bar("frame", Palette.of(4), LEFT, y - 10, 14, 12, "");
    svg.text("", LEFT + 20, y, "this stream");
    svg.bar("company", LEFT + 140, y - 10, 14, 12, "");
    svg.text("", LEFT + 160, y, "other streams");
    svg.bar("gate", LEFT + 290, y - 10, 14, 12, "");
    svg.text("", LEFT + 310, y, "gate of its queue open");
    svg.line("way", LEFT + 490, y - 4, LEFT + 514, y - 4);
    svg.text("", LEFT + 520, y, "waits in the bridge");
  }
}
