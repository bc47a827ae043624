package dev.perch.inventory.action;

import dev.perch.inventory.check.Checked;
import dev.perch.inventory.check.Subject;
import dev.perch.kit.reconcile.operation.Step;
import dev.perch.kit.reconcile.operation.StepContext;
import dev.perch.kit.reconcile.operation.StepResult;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The checks once more: between the request and now the host may have changed. */
record CheckAgain(HostWork work, Action action) implements Step {

  @Override
  public String name() {
    return "check";
  }

  @Override
  public StepResult run(StepContext context) throws SQLException {
    Optional<Subject> subject = work.subject(context);
    if (subject.isEmpty()) {
      return HostWork.refused("the host is gone");
    }
    String failed =
        Preview.of(action, waived(context), subject.get()).failed().stream()
            .map(CheckAgain::say)
            .collect(Collectors.joining(" "));
    return failed.isEmpty() ? StepResult.done() : HostWork.refused(failed);
  }

  private static List<String> waived(StepContext context) {
    return StreamSupport.stream(context.spec().path("waive").spliterator(), false)
        .map(name -> name.asText())
        .toList();
  }

  private static String say(Checked checked) {
    return checked.check().name() + ": " + checked.check().remedy();
  }
}
