package dev.perch.tsn.plan.model;

/** Forwards frames (IEEE 802.1Q bridge). */
public record Bridge(String name, long clockError, DeviceProfile device) implements Node {
  public Bridge {
    new Violations("bridge " + name)
        .notBlank("name", name)
        .atLeast(0, "clockError", clockError)
        .raise();
  }

  /** A bridge with an exact clock and no limits. */
  public Bridge(String name) {
    this(name, 0, DeviceProfile.UNLIMITED);
  }
}
