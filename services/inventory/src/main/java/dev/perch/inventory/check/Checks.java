package dev.perch.inventory.check;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which checks come before what, in the order they are shown. */
public final class Checks {

  /** A host is opened for work only when it is known well, and nothing is in the way. */
  public static final List<Check> UNLOCK =
      join(
          List.of(StateChecks.LOCKED, StateChecks.DISCOVERED, StateChecks.NO_OPERATION),
          AgentChecks.ALL,
          SiteChecks.ALL,
          FactsChecks.ALL,
          ClockChecks.ALL,
          MemoryChecks.ALL,
          NetworkChecks.ALL,
          StorageChecks.ALL,
          DocumentChecks.ALL);

  public static final List<Check> LOCK =
      List.of(StateChecks.IN_SERVICE, StateChecks.NO_OPERATION, SiteChecks.REACHABLE);

  /** As little as possible: it is what is left when a host does not answer. */
  public static final List<Check> FORCE_LOCK = List.of(StateChecks.OPEN, StateChecks.NO_OPERATION);

  public static final List<Check> REMOVE = List.of(StateChecks.LOCKED, StateChecks.NO_OPERATION);

  public static final List<Check> REPLACE = REMOVE;

  public static final List<Check> REBOOT =
      List.of(
          StateChecks.LOCKED,
          StateChecks.NO_OPERATION,
          AgentChecks.ONLINE,
          DriverChecks.AGENT_REBOOTS);

  public static final List<Check> POWER_ON =
      List.of(StateChecks.NO_OPERATION, DriverChecks.ADDRESS, DriverChecks.CONTROLLER);

  /** Switching off, resetting and installing anew: never under what runs on the host. */
  public static final List<Check> DISRUPT = join(List.of(StateChecks.LOCKED), POWER_ON);

  /** Every check there is. */
  public static final Set<Check> ALL =
      Stream.of(UNLOCK, LOCK, FORCE_LOCK, REMOVE, REBOOT, DISRUPT)
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableSet());

  private Checks() {}

  @SafeVarargs
  private static List<Check> join(List<Check>... groups) {
    return Stream.of(groups).flatMap(List::stream).toList();
  }
}
