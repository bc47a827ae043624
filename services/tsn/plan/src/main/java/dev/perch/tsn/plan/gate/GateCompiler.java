package dev.perch.tsn.plan.gate;

import dev.perch.tsn.plan.model.DeviceProfile;
import dev.perch.tsn.plan.model.Link;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Compiles the transmissions of one port to its gate list.
 *
 * <p>Around the windows of time-triggered frames the gates of other traffic close, a guard band
 * before. Windows with less than a guard band between them become one block: nobody else could have
 * used the gap. Within a block the time-triggered gates stay open where no frame waits for its
 * start, and open for each frame alone where one does. If the list is too long for the device,
 * wider gaps are closed too, the narrowest first, as long as one is left for other traffic.
 *
 * <p>The cycle is the least common multiple of the intervals of this port only, and the base time
 * is the TAI epoch, so that a new stream changes the lists on its own way and leaves the phase of
 * every list as it is.
 */
public final class GateCompiler {
  /** More frames in a cycle than any list could be made of in reasonable time. */
  private static final int MOST_WINDOWS = 2_000_000;

  private GateCompiler() {}

  /**
   * @param transmissions at least one; their reservations do not overlap
   */
  public static Compiled compile(
      Link link, DeviceProfile device, List<Transmission> transmissions) {
    return compile(link, device, transmissions, device.listLength());
  }

  /**
   * As above.
   *
   * @param length most entries, where that is less than the device's limit for a port
   */
  public static Compiled compile(
      Link link, DeviceProfile device, List<Transmission> transmissions, int length) {
    long cycle = 1;
    long count = 0;
    for (Transmission transmission : transmissions) {
      cycle = lcm(cycle, transmission.interval());
      if (cycle > device.maxCycle()) {
        return new Uncompilable("maxCycle", cycle, device.maxCycle());
      }
    }
    for (Transmission transmission : transmissions) {
      count += cycle / transmission.interval() * transmission.frames();
    }
    if (count > MOST_WINDOWS) {
      return new Uncompilable("windows", count, MOST_WINDOWS);
    }
    List<Window> windows = windows(transmissions, (int) cycle);
    int most = Math.min(length, device.listLength());
    return new PortGates(link, device, (int) cycle, windows).fit(most);
  }

  private static List<Window> windows(List<Transmission> transmissions, int cycle) {
    List<Window> windows = new ArrayList<>();
    for (Transmission one : transmissions) {
      for (int frame = 0; frame < one.frames(); frame++) {
        int start = one.start() + frame * one.spacing();
        int lead = one.lead() + frame * one.patience();
        for (int begin = start % one.interval(); begin < cycle; begin += one.interval()) {
          windows.add(new Window(begin, begin + one.wireTime(), lead, one.queue()));
        }
      }
    }
    windows.sort(Comparator.comparingInt(Window::begin));
    return windows;
  }

  private static long lcm(long a, long b) {
    long x = a;
    long y = b;
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    return a / x * b;
  }
}
