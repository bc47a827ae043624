package dev.perch.inventory.check;

import dev.perch.inventory.check.Check.Finding;
import dev.perch.inventory.life.Life;

/** Where the host is in its life, and what else is being done to it. */
final class StateChecks {
  static final Check LOCKED =
      Check.strict(
          "state.locked",
          "/state/administrative",
          "Lock the host first: action lock.",
          subject ->
              Finding.of(
                  subject.life() instanceof Life.Locked, subject.host().state().administrative()));

  static final Check IN_SERVICE =
      Check.strict(
          "state.in-service",
          "/state/administrative",
          "Only a host in service can be locked; this one is not.",
          subject ->
              Finding.of(
                  subject.life() instanceof Life.InService,
                  subject.host().state().administrative()));

  static final Check OPEN =
      Check.strict(
          "state.open",
          "/state/administrative",
          "The host is locked already.",
          subject ->
              Finding.of(
                  subject.life() instanceof Life.Open, subject.host().state().administrative()));

  static final Check DISCOVERED =
      Check.strict(
          "state.discovered",
          "/state/lifecycle",
          "Enrol an agent on the machine, and let it connect: POST /v1/enrolment-tokens.",
          subject ->
              Finding.of(
                  !(subject.life() instanceof Life.Planned), subject.host().state().lifecycle()));

  static final Check NO_OPERATION =
      Check.strict(
          "operation.none",
          "/operations",
          "Wait for the operation, or cancel it: POST /v1/operations/{id}/cancel.",
          subject -> Finding.of(subject.operations().isEmpty(), subject.operations()));

  private StateChecks() {}
}
