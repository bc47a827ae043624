package dev.perch.tsn.plan.model;

/** Talks and listens, and starts each frame at its time of launch. It forwards nothing. */
public record EndStation(String name, long clockError, DeviceProfile device) implements Node {
  public EndStation {
    new Violations("end station " + name)
        .notBlank("name", name)
        .atLeast(0, "clockError", clockError)
        .raise();
  }

  /** An end station with an exact clock and no limits. */
  public EndStation(String name) {
    this(name, 0, DeviceProfile.UNLIMITED);
  }
}
