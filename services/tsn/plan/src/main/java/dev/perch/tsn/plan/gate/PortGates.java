package dev.perch.tsn.plan.gate;

import dev.perch.tsn.plan.model.DeviceProfile;
import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The gates of one port over a cycle, as a function of which gaps between windows are closed. */
final class PortGates {
  private final Link link;
  private final DeviceProfile device;
  private final int cycle;
  private final List<Window> windows;
  private final Waits waits;
  private final int tick;
  private final int guard;

  /**
   * @param windows by their begin; they do not overlap
   */
  PortGates(Link link, DeviceProfile device, int cycle, List<Window> windows) {
    this.link = link;
    this.device = device;
    this.cycle = cycle;
    this.windows = windows;
    this.waits = new Waits(cycle, windows);
    this.tick = (int) device.tick();
    this.guard = (int) link.port().guardBand();
  }

  /** The list with as many gaps for other traffic as {@code length} entries can hold. */
  Compiled fit(int length) {
    int usable = (int) Math.min(cycle, guard + Math.max(device.minInterval(), tick));
    if (device.oneOpening()) {
      return accept(entries(widest()), length);
    }
    List<GateEntry> entries = entries(usable);
    if (entries.size() <= length) {
      return accept(entries, length);
    }
    int[] gaps = gaps();
    int low = 0;
    int high = gaps.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries(Math.max(usable, gaps[middle])).size() <= length) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return accept(entries(Math.max(usable, gaps[low])), length);
  }

  private Compiled accept(List<GateEntry> entries, int length) {
    if (entries.size() > length) {
      return new Uncompilable("listLength", entries.size(), length);
    }
    if (entries.size() > 1) {
      for (GateEntry entry : entries) {
        if (entry.interval() < device.minInterval()) {
          return new Uncompilable("minInterval", entry.interval(), device.minInterval());
        }
      }
    }
    return new Compiled.Listed(new GateList(link.name(), 0, cycle, entries), windows.size());
  }

  /** The widths of all gaps, the narrowest first. */
  private int[] gaps() {
    int[] gaps = new int[windows.size()];
    int end = windows.getLast().end() - cycle;
    for (int i = 0; i < gaps.length; i++) {
      Window window = windows.get(i);
      gaps[i] = window.begin() - end;
      end = Math.max(end, window.end());
    }
    Arrays.sort(gaps);
    return gaps;
  }

  private int widest() {
    int[] gaps = gaps();
    return gaps[gaps.length - 1];
  }

  /**
   * @param usable how wide a gap must be to be left for other traffic
   */
  private List<GateEntry> entries(int usable) {
    var timeline = new Timeline(cycle, tick, link.port());
    int first = firstAfterGap(usable);
    if (first < 0) {
      timeline.alwaysTimeTriggered();
      addBlock(timeline, unrolled(0), false);
      return timeline.entries(device.maxInterval());
    }
    List<Window> ring = unrolled(first);
    int from = 0;
    int end = ring.getFirst().end();
    for (int i = 1; i < ring.size(); i++) {
      if (ring.get(i).begin() - end >= usable) {
        addBlock(timeline, ring.subList(from, i), true);
        from = i;
      }
      end = ring.get(i).end();
    }
    addBlock(timeline, ring.subList(from, ring.size()), true);
    return timeline.entries(device.maxInterval());
  }

  private int firstAfterGap(int usable) {
    int end = windows.getLast().end() - cycle;
    for (int i = 0; i < windows.size(); i++) {
      if (windows.get(i).begin() - end >= usable) {
        return i;
      }
      end = windows.get(i).end();
    }
    return -1;
  }

  /** All windows, beginning with one of them; those before it are a cycle later. */
  private List<Window> unrolled(int first) {
    if (first == 0) {
      return windows;
    }
    List<Window> ring = new ArrayList<>(windows.subList(first, windows.size()));
    for (Window window : windows.subList(0, first)) {
      ring.add(
          new Window(window.begin() + cycle, window.end() + cycle, window.lead(), window.queue()));
    }
    return ring;
  }

  private void addBlock(Timeline timeline, List<Window> block, boolean guarded) {
    int begin = block.getFirst().begin() - (guarded ? guard : 0);
    int end = block.getLast().end();
    if (guarded) {
      timeline.close(begin, end);
    }
    int used = 0;
    for (Window window : block) {
      used |= 1 << window.queue();
    }
    for (int queue = 0; queue < 8; queue++) {
      if (used == 1 << queue) {
        addQueue(timeline, block, queue, begin, end);
      } else if ((used >> queue & 1) == 1) {
        int one = queue;
        List<Window> own = block.stream().filter(window -> window.queue() == one).toList();
        addQueue(timeline, own, queue, begin, end);
      }
    }
  }

  /**
   * @param own windows of the queue in a block from {@code begin} to {@code end}
   */
  private void addQueue(Timeline timeline, List<Window> own, int queue, int begin, int end) {
    if (waits.isFree(queue, begin, end)) {
      timeline.open(queue, begin, end);
      return;
    }
    int from = own.getFirst().begin();
    int to = own.getFirst().end();
    for (Window window : own.subList(1, own.size())) {
      if (window.begin() > to && !waits.isFree(queue, to, window.begin())) {
        timeline.open(queue, from, to);
        from = window.begin();
      }
      to = window.end();
    }
    timeline.open(queue, from, to);
  }
}
