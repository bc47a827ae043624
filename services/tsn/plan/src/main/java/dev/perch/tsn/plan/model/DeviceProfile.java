package dev.perch.tsn.plan.model;

import java.util.List;
import java.util.Optional;

/**
 * What a kind of device can do with a gate control list; a bridge tells most of it over YANG
 * ({@code supported-list-max}, {@code supported-cycle-max}, {@code supported-interval-max}, {@code
 * tick-granularity}: IEEE 802.1Q 12.29.1), the rest is known of the silicon or the driver.
 *
 * @param name of the profile: {@code felix}
 * @param listLength most entries of one port's list
 * @param bridgeListLength most entries of all ports of the device together
 * @param minInterval shortest entry, ns
 * @param maxInterval longest entry, ns; a longer time is several entries
 * @param maxCycle longest cycle, ns
 * @param tick what times of gates and of launch are multiples of, ns
 * @param oneOpening true if the device opens each queue once a cycle only, in one piece
 * @param sharedTimer true if one timer moves the gates of all ports: no two ports may change at the
 *     same moment, and of two cycles one must be a multiple of the other
 */
public record DeviceProfile(
    String name,
    int listLength,
    int bridgeListLength,
    long minInterval,
    long maxInterval,
    long maxCycle,
    long tick,
    boolean oneOpening,
    boolean sharedTimer) {
  private static final int ANY = Integer.MAX_VALUE;
  private static final long SECOND = 1_000_000_000;

  /** A device of the standard's model, without limits. */
  public static final DeviceProfile UNLIMITED =
      new DeviceProfile("unlimited", ANY, ANY, 1, SECOND, SECOND, 1, false, false);

  /** Intel i225, i226: the Linux driver igc opens each queue once a cycle. */
  public static final DeviceProfile IGC =
      new DeviceProfile("igc", ANY, ANY, 1, SECOND, SECOND, 1, true, false);

  /** The switch of NXP's LS1028A, Felix VSC9959. */
  public static final DeviceProfile FELIX =
      new DeviceProfile("felix", 63, ANY, 35, SECOND, SECOND, 1, false, false);

  /** NXP SJA1105: ticks of 200 ns, 1,024 entries and one timer for the whole switch. */
  public static final DeviceProfile SJA1105 =
      new DeviceProfile("sja1105", 1024, 1024, 200, 52_428_600, 52_428_600, 200, false, true);

  /** Microchip LAN966x: 256 entries for the whole switch, half of them for the list to come. */
  public static final DeviceProfile LAN966X =
      new DeviceProfile("lan966x", 128, 128, 1, SECOND - 1, SECOND - 1, 1, false, false);

  /** Synopsys EQoS with its smallest table and narrowest interval (16 bits). */
  public static final DeviceProfile STMMAC_64 =
      new DeviceProfile("stmmac-64", 64, ANY, 1, 65_535, SECOND, 1, false, false);

  /** Synopsys EQoS, 256 entries, intervals of 20 bits. */
  public static final DeviceProfile STMMAC_256 =
      new DeviceProfile("stmmac-256", 256, ANY, 1, 1_048_575, SECOND, 1, false, false);

  /** Synopsys EQoS with its largest table, intervals of 24 bits. */
  public static final DeviceProfile STMMAC_1024 =
      new DeviceProfile("stmmac-1024", 1024, ANY, 1, 16_777_215, SECOND, 1, false, false);

  /**
   * Linux' taprio in software. Netlink carries 2,300 entries, but the kernel's dump loses the
   * schedule between 512 and 1,024, and a list that cannot be read back cannot be proved.
   */
  public static final DeviceProfile LINUX =
      new DeviceProfile("linux", 512, ANY, 1, SECOND, SECOND, 1, false, false);

  private static final List<DeviceProfile> KNOWN =
      List.of(UNLIMITED, IGC, FELIX, SJA1105, LAN966X, STMMAC_64, STMMAC_256, STMMAC_1024, LINUX);

  public DeviceProfile {
    new Violations("device profile " + name)
        .notBlank("name", name)
        .atLeast(2, "listLength", listLength)
        .atLeast(2, "bridgeListLength", bridgeListLength)
        .atLeast(1, "minInterval", minInterval)
        .require(
            maxInterval >= 2 * minInterval,
            "maxInterval",
            maxInterval,
            "must be at least twice the shortest interval, " + minInterval)
        .atLeast(minInterval, "maxCycle", maxCycle)
        .atLeast(1, "tick", tick)
        .raise();
  }

  /** The profiles that are known by name. */
  public static List<DeviceProfile> known() {
    return KNOWN;
  }

  public static Optional<DeviceProfile> byName(String name) {
    return KNOWN.stream().filter(profile -> profile.name.equals(name)).findFirst();
  }

  /** The same device with another tick. */
  public DeviceProfile withTick(long tick) {
    return new DeviceProfile(
        name,
        listLength,
        bridgeListLength,
        minInterval,
        maxInterval,
        maxCycle,
        tick,
        oneOpening,
        sharedTimer);
  }

  /** The same device with lists of at most so many entries on a port. */
  public DeviceProfile withListLength(int listLength) {
    return new DeviceProfile(
        name,
        listLength,
        bridgeListLength,
        minInterval,
        maxInterval,
        maxCycle,
        tick,
        oneOpening,
        sharedTimer);
  }
}
