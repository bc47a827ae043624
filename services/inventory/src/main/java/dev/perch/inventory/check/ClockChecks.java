package dev.perch.inventory.check;

import dev.perch.contract.facts.TimeFacts;
import dev.perch.inventory.check.Check.Finding;
import java.util.List;

/** Whether the host knows the time. */
final class ClockChecks {
  private static final String ABOUT = "/facets/time";

  static final Check SYNCHRONISED =
      Check.waivable(
          "clock.synchronised",
          ABOUT + "/synchronised",
          "Wait until the time service has reached its source; the kernel then says that its clock"
              + " is set. An agent that does not report it needs an upgrade.",
          subject ->
              Finding.of(
                  subject
                      .facts(TimeFacts.class)
                      .filter(time -> Boolean.TRUE.equals(time.synchronised()))
                      .isPresent(),
                  subject.facts(TimeFacts.class).map(TimeFacts::synchronised).orElse(null)));

  static final Check SERVICE =
      Check.waivable(
          "clock.service",
          ABOUT + "/services",
          "Start a time service on the host: chronyd, systemd-timesyncd, or ptp4l with phc2sys.",
          subject ->
              Finding.of(
                  subject
                      .facts(TimeFacts.class)
                      .filter(time -> !time.services().isEmpty())
                      .isPresent(),
                  subject.facts(TimeFacts.class).map(TimeFacts::services).orElse(null)));

  static final List<Check> ALL = List.of(SYNCHRONISED, SERVICE);

  private ClockChecks() {}
}
