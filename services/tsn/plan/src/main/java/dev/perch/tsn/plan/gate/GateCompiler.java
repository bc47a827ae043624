package dev.perch.tsn.plan.gate;

import dev.perch.tsn.plan.model.DeviceProfile;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    if (cycle % device.tick() != 0) {
      return new Uncompilable("cycleBesideTicks", cycle % device.tick(), 0);
    }
    for (Transmission transmission : transmissions) {
      count += cycle / transmission.interval() * transmission.frames();
    }
    if (count > MOST_WINDOWS) {
      return new Uncompilable("windows", count, MOST_WINDOWS);
    }
    int most = Math.min(length, device.listLength());
    Windows windows = new Windows(transmissions, (int) cycle, (int) count);
    return new PortGates(link, device, (int) cycle, windows).fit(most);
  }

  /**
   * The list of a port to which frames have come, as {@link #compile} would make it of all of them;
   * null if that takes all of them.
   *
   * @param before with what it was compiled for, on a device without limits
   * @param more reservations that overlap neither each other nor those before
   */
  public static Compiled.@Nullable Listed extend(
      Link link, Compiled.Listed before, List<Transmission> more) {
    GateList list = ClosedTimes.with(link, before.list(), more);
    if (list == null) {
      return null;
    }
    int windows = before.windows();
    for (Transmission one : more) {
      windows += (int) (list.cycle() / one.interval()) * one.frames();
    }
    return windows > MOST_WINDOWS ? null : new Compiled.Listed(list, windows);
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
