package dev.perch.inventory.check;

import dev.perch.inventory.check.Check.Finding;

/** Whether this release has the means. */
public final class DriverChecks {
  static final Check ADDRESS =
      Check.strict(
          "bmc.address",
          "/bmc",
          "Say where the management controller answers: PATCH the host's bmc.address.",
          subject -> Finding.of(subject.host().bmc() != null, subject.host().bmc()));

  /** Nobody can act on a management controller yet, and nobody pretends to. */
  static final Check CONTROLLER =
      Check.strict(
          "bmc.driver",
          "/bmc",
          "This release has no driver for management controllers: do it at the controller itself.",
          subject -> Finding.of(false, null));

  static final Check AGENT_REBOOTS =
      Check.strict(
          "agent.reboots",
          "/agent",
          "The agents of this release do not reboot their machine: do it on the host.",
          subject -> Finding.of(false, null));

  private DriverChecks() {}

  /** Whether a check fails because the means are missing, whatever the host's state. */
  public static boolean isAboutMeans(Check check) {
    return check.equals(CONTROLLER) || check.equals(AGENT_REBOOTS);
  }
}
