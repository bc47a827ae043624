package dev.perch.tsn.plan.picture;

import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.picture.Timetable.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One cycle of a port: a row for each time-triggered queue that is used, one for all others. */
final class PortPicture {
  private static final double WIDTH = 1200;
  private static final double LEFT = 110;
  private static final double TOP = 48;
  private static final double ROW = 34;
  private static final double BAR = 26;
  private static final double LEGEND_COLUMN = 180;
  private static final int LEGEND_MOST = 30;

  private final Link link;
  private final GateList gates;
  private final List<Entry> entries;

  PortPicture(Link link, GateList gates, List<Entry> entries) {
    this.link = link;
    this.gates = gates;
    this.entries = entries;
  }

  void write(Path path) throws IOException {
    List<Integer> queues = queues();
    TimeAxis axis = new TimeAxis(0, gates.cycle(), LEFT, WIDTH - LEFT - 30);
    double bottom = TOP + ROW * (queues.size() + 1);
    Map<String, Integer> legend = legend();
    int perRow = (int) ((WIDTH - LEFT) / LEGEND_COLUMN);
    int shown = Math.min(legend.size(), LEGEND_MOST);
    double height = bottom + 70 + 18.0 * Math.ceilDiv(shown + 3, perRow);
    String title =
        "%s to %s (%s): %d entries in a cycle of %d ns"
            .formatted(link.from(), link.to(), link.name(), gates.entries().size(), gates.cycle());
    try (Svg svg = new Svg(path, WIDTH, height, title)) {
      svg.text("title", 10, 24, title);
      axis.draw(svg, TOP, bottom);
      for (int row = 0; row < queues.size(); row++) {
        drawQueue(svg, axis, queues.get(row), TOP + ROW * row, legend);
      }
      int others = (1 << link.port().lowestTimeTriggered()) - 1;
      double last = TOP + ROW * queues.size();
      svg.text("end", LEFT - 8, last + 22, "other traffic");
      Band.draw(svg, axis, gates, others, "others", last + 4, BAR);
      drawLegend(svg, legend, bottom + 52, perRow);
    }
  }

  private void drawQueue(Svg svg, TimeAxis axis, int queue, double y, Map<String, Integer> colours)
      throws IOException {
    svg.text("end", LEFT - 8, y + 22, "queue " + queue);
    Band.draw(svg, axis, gates, 1 << queue, "gate", y + 4, BAR);
    for (Entry entry : entries) {
      if (entry.queue() != queue) {
        continue;
      }
      long interval = entry.stream().interval();
      for (long at = entry.start() % interval; at < gates.cycle(); at += interval) {
        double width = axis.length(entry.onWire());
        svg.bar(
            "frame",
            Palette.of(colours.getOrDefault(entry.stream().name(), 0)),
            axis.x(at),
            y + 8,
            width,
            BAR - 8,
            entry.hint(at));
        if (width > 7.0 * entry.stream().name().length()) {
          svg.text("small middle", axis.x(at) + width / 2, y + 21, entry.stream().name());
        }
      }
    }
  }

  private static void drawLegend(Svg svg, Map<String, Integer> legend, double y, int perRow)
      throws IOException {
    svg.bar("gate", LEFT, y - 10, 14, 12, "");
    svg.text("", LEFT + 20, y, "gate open");
    svg.bar("others", LEFT + LEGEND_COLUMN, y - 10, 14, 12, "");
    svg.text("", LEFT + LEGEND_COLUMN + 20, y, "open to other traffic");
    int place = 2;
    for (Map.Entry<String, Integer> stream : legend.entrySet()) {
      double x = LEFT + place % perRow * LEGEND_COLUMN;
      double line = y + place / perRow * 18.0;
      if (place - 2 == LEGEND_MOST) {
        svg.text("", x, line, "and " + (legend.size() - LEGEND_MOST) + " more");
        return;
      }
      svg.bar("frame", Palette.of(stream.getValue()), x, line - 10, 14, 12, "");
      svg.text("", x + 20, line, stream.getKey());
      place++;
    }
  }

  /** Highest first. */
  private List<Integer> queues() {
    List<Integer> queues = new ArrayList<>();
    for (int queue = link.port().queues() - 1; queue >= 0; queue--) {
      int wanted = queue;
      if (entries.stream().anyMatch(entry -> entry.queue() == wanted)) {
        queues.add(queue);
      }
    }
    return queues;
  }

  /** Numbers of colours. */
  private Map<String, Integer> legend() {
    Map<String, Integer> legend = new LinkedHashMap<>();
    entries.forEach(entry -> legend.putIfAbsent(entry.stream().name(), legend.size()));
    return legend;
  }
}
