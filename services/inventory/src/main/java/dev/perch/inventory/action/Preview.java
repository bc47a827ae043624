package dev.perch.inventory.action;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.inventory.check.Checked;
import dev.perch.inventory.check.DriverChecks;
import dev.perch.inventory.check.Subject;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An action as it would be answered now: every one of its checks, asked.
 *
 * @param waived names of checks that need not hold
 */
record Preview(Action action, List<Checked> checks, List<String> waived) {

  Preview {
    checks = List.copyOf(checks);
    waived = List.copyOf(waived);
  }

  static Preview of(Action action, List<String> waived, Subject subject) {
    return new Preview(
        action, action.checks().stream().map(check -> check.on(subject)).toList(), waived);
  }

  boolean isAllowed() {
    return failed().isEmpty();
  }

  /** Those that do not hold and have to. */
  List<Checked> failed() {
    return checks.stream()
        .filter(checked -> !checked.ok() && !waived.contains(checked.check().name()))
        .toList();
  }

  List<Violation> violations() {
    return failed().stream().map(Checked::violation).toList();
  }

  /** Why it is refused: a missing driver is said first, for nothing about the host mends it. */
  Problem refusal() {
    boolean means =
        failed().stream().anyMatch(checked -> DriverChecks.isAboutMeans(checked.check()));
    return means
        ? new Problem.NoDriver(
            "Nothing here can do " + action.word() + " yet; violations has the rest.", violations())
        : new Problem.ActionRefused(
            "These checks do not hold; each says what to do.", violations());
  }

  /** One of the list of actions. */
  record Listed(String action, boolean allowed, List<Violation> violations) {}

  Listed listed() {
    return new Listed(action.word(), isAllowed(), violations());
  }

  /** The answer to a preview of one action. */
  record Shown(String action, boolean allowed, List<ShownCheck> checks) {}

  /**
   * A check that was asked.
   *
   * @param ok does it hold?
   * @param waivable may the request waive it?
   * @param waived does it?
   * @param found what was found
   * @param remedy what to do; absent if it holds
   */
  record ShownCheck(
      String name,
      boolean ok,
      boolean waivable,
      boolean waived,
      @Nullable JsonNode found,
      @Nullable String remedy) {}

  Shown shown() {
    return new Shown(action.word(), isAllowed(), checks.stream().map(this::shown).toList());
  }

  private ShownCheck shown(Checked checked) {
    return new ShownCheck(
        checked.check().name(),
        checked.ok(),
        checked.check().isWaivable(),
        waived.contains(checked.check().name()),
        checked.found(),
        checked.ok() ? null : checked.check().remedy());
  }
}
