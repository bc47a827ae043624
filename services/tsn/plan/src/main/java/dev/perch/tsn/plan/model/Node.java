package dev.perch.tsn.plan.model;

/** A device with a clock: a {@link Bridge} forwards frames, an {@link EndStation} never does. */
public sealed interface Node permits Bridge, EndStation {
  String name();

  /** How far the clock may be from TAI, either way, ns. */
  long clockError();

  /** What its gates can do. */
  DeviceProfile device();
}
