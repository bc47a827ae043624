package dev.perch.cli.host;

import picocli.CommandLine.Command;

/** What can be done to a host: one verb for each action of the API. */
final class Actions {
  private Actions() {}

  /** {@code perch hosts lock}. */
  @Command(
      name = "lock",
      description =
          "Takes a host out of service, in good order: nothing new is placed on it, what runs settles.",
      footer = {
        "  perch hosts lock north-1/edge-1 --preview",
        "  perch hosts lock north-1/edge-1 --reason 'new disk' --wait"
      })
  static final class Lock extends ActionVerb {
    Lock() {
      super("lock");
    }
  }

  /** {@code perch hosts unlock}. */
  @Command(
      name = "unlock",
      description = "Puts a host into service; it is there when its agent has proven it.",
      footer = "  perch hosts unlock north-1/edge-1 --wait --timeout PT10M")
  static final class Unlock extends ActionVerb {
    Unlock() {
      super("unlock");
    }
  }

  /** {@code perch hosts force-lock}. */
  @Command(
      name = "force-lock",
      description = "Takes a host out of service at once, whatever runs on it.",
      footer = "  perch hosts force-lock north-1/edge-1 --reason 'on fire'")
  static final class ForceLock extends ActionVerb {
    ForceLock() {
      super("force-lock");
    }
  }

  /** {@code perch hosts reboot}. */
  @Command(
      name = "reboot",
      description = "Starts the operating system of a locked host again.",
      footer = "  perch hosts reboot north-1/edge-1 --wait")
  static final class Reboot extends ActionVerb {
    Reboot() {
      super("reboot");
    }
  }

  /** {@code perch hosts power-on}. */
  @Command(
      name = "power-on",
      description = "Gives a host its power.",
      footer = "  perch hosts power-on north-1/edge-1")
  static final class PowerOn extends ActionVerb {
    PowerOn() {
      super("power-on");
    }
  }

  /** {@code perch hosts power-off}. */
  @Command(
      name = "power-off",
      description = "Takes the power of a locked host.",
      footer = "  perch hosts power-off north-1/edge-1")
  static final class PowerOff extends ActionVerb {
    PowerOff() {
      super("power-off");
    }
  }

  /** {@code perch hosts reset}. */
  @Command(
      name = "reset",
      description = "Takes the power of a locked host and gives it back.",
      footer = "  perch hosts reset north-1/edge-1")
  static final class Reset extends ActionVerb {
    Reset() {
      super("reset");
    }
  }

  /** {@code perch hosts reinstall}. */
  @Command(
      name = "reinstall",
      description = "Installs the operating system of a locked host anew.",
      footer = "  perch hosts reinstall north-1/edge-1 --reason 'new release'")
  static final class Reinstall extends ActionVerb {
    Reinstall() {
      super("reinstall");
    }
  }
}
