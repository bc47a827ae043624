package dev.perch.agent.probe;

import dev.perch.agent.machine.Unavailable;

/** Whether this machine's clock is set by something that knows the time. */
@FunctionalInterface
public interface ClockProbe {
  boolean isSynchronised() throws Unavailable;
}
