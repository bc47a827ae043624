package dev.perch.tsn.plan.gate;

import dev.perch.tsn.plan.model.DeviceProfile;
import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Link;
import java.util.Arrays;
import java.util.List;

/** The gates of one port over a cycle, as a function of which gaps between windows are closed. */
final class PortGates {
  private final Link link;
  private final DeviceProfile device;
  private final int cycle;
  private final Windows windows;
  private final Waits waits;
  private final int tick;
  private final int guard;

  /**
   * @param windows at least one
   */
  PortGates(Link link, DeviceProfile device, int cycle, Windows windows) {
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
    int end = windows.end(gaps.length - 1) - cycle;
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = windows.begin(i) - end;
      end = Math.max(end, windows.end(i));
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
      addBlock(timeline, 0, windows.size(), false);
      return timeline.entries(device.maxInterval());
    }
    int last = first + windows.size();
    int from = first;
    int end = windows.end(first);
    for (int i = first + 1; i < last; i++) {
      if (windows.begin(i) - end >= usable) {
        addBlock(timeline, from, i, true);
        from = i;
      }
      end = windows.end(i);
    }
    addBlock(timeline, from, last, true);
    return timeline.entries(device.maxInterval());
  }

  private int firstAfterGap(int usable) {
    int end = windows.end(windows.size() - 1) - cycle;
    for (int i = 0; i < windows.size(); i++) {
      if (windows.begin(i) - end >= usable) {
        return i;
      }
      end = windows.end(i);
    }
    return -1;
  }

  /**
   * @param from number of the block's first frame
   * @param to number of the first one behind it
   */
  private void addBlock(Timeline timeline, int from, int to, boolean guarded) {
    int begin = windows.begin(from) - (guarded ? guard : 0);
    int end = windows.end(to - 1);
    if (guarded) {
      timeline.close(begin, end);
    }
    int used = 0;
    for (int i = from; i < to; i++) {
      used |= 1 << windows.queue(i);
    }
    for (int queue = 0; queue < 8; queue++) {
      if ((used >> queue & 1) == 0) {
        continue;
      }
      if (waits.isFree(queue, begin, end)) {
        timeline.open(queue, begin, end);
      } else {
        addQueue(timeline, queue, from, to);
      }
    }
  }

  /** Opens a queue for its frames of a block only, and between them where none of it waits. */
  private void addQueue(Timeline timeline, int queue, int from, int to) {
    int first = from;
    while (windows.queue(first) != queue) {
      first++;
    }
    int opens = windows.begin(first);
    int closes = windows.end(first);
    for (int i = first + 1; i < to; i++) {
      if (windows.queue(i) == queue) {
        int begin = windows.begin(i);
        if (begin > closes && !waits.isFree(queue, closes, begin)) {
          timeline.open(queue, opens, closes);
          opens = begin;
        }
        closes = windows.end(i);
      }
    }
    timeline.open(queue, opens, closes);
  }
}
