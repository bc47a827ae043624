package dev.perch.inventory.bulk;

import dev.perch.inventory.host.HostFile.Counts;
import dev.perch.inventory.host.HostFile.Planned;
import dev.perch.inventory.host.HostFile.Refused;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import java.util.List;

/**
 * What became of a file, or would become of it.
 *
 * @param refusals every bad row with all that is wrong with it
 */
record ImportReport(
    boolean dryRun,
    int rows,
    int created,
    int changed,
    int unchanged,
    int refused,
    List<Refusal> refusals) {

  ImportReport {
    refusals = List.copyOf(refusals);
  }

  /**
   * A bad row.
   *
   * @param row the first is 1; a header does not count
   */
  record Refusal(int row, List<Violation> violations) {
    Refusal {
      violations = List.copyOf(violations);
    }
  }

  static ImportReport of(boolean dryRun, List<Planned> plan) {
    Counts counts = Counts.of(plan);
    return new ImportReport(
        dryRun,
        plan.size(),
        counts.created(),
        counts.changed(),
        counts.unchanged(),
        counts.refused(),
        refusals(plan));
  }

  /** Every bad row as the refusal of the whole file: {@code /12/name} is the twelfth row's name. */
  static Problem refusal(List<Planned> plan) {
    return new Problem.Invalid(
        "Nothing was imported: rows are bad. Mend them, or send badRows=skip.",
        refusals(plan).stream()
            .flatMap(
                refusal ->
                    refusal.violations().stream()
                        .map(
                            v ->
                                new Violation(
                                    v.code(),
                                    "/" + refusal.row() + v.field(),
                                    v.found(),
                                    v.remedy())))
            .toList());
  }

  private static List<Refusal> refusals(List<Planned> plan) {
    return plan.stream()
        .filter(Refused.class::isInstance)
        .map(Refused.class::cast)
        .map(refused -> new Refusal(refused.row(), refused.violations()))
        .toList();
  }
}
