package dev.perch.inventory.action;

import dev.perch.inventory.check.Check;
import dev.perch.inventory.check.Checks;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be done to a host; each is an operation of the kind {@code host.<word>}. */
enum Action {
  /** Nothing new is placed on it; it is locked when what was begun has settled. */
  LOCK(Checks.LOCK),
  /** It is opened for work, and in service when its agent has proven to be there. */
  UNLOCK(Checks.UNLOCK),
  /** It is locked at once, whatever runs on it. */
  FORCE_LOCK(Checks.FORCE_LOCK),
  /** Its operating system is started again. */
  REBOOT(Checks.REBOOT),
  POWER_ON(Checks.POWER_ON),
  POWER_OFF(Checks.DISRUPT),
  /** Its power is taken and given. */
  RESET(Checks.DISRUPT),
  /** Its operating system is installed anew. */
  REINSTALL(Checks.DISRUPT),
  /** It is forgotten; its timeline stays. */
  DELETE(Checks.REMOVE);

  private final List<Check> checks;

  Action(List<Check> checks) {
    this.checks = checks;
  }

  /** What must hold before, in the order it is shown. */
  List<Check> checks() {
    return checks;
  }

  /** As it is asked for: {@code force-lock}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind of its operations. */
  String kind() {
    return "host." + word();
  }

  static Optional<Action> find(String word) {
    return Stream.of(values()).filter(action -> action.word().equals(word)).findFirst();
  }

  static String words() {
    return Stream.of(values()).map(Action::word).collect(Collectors.joining(", "));
  }
}
