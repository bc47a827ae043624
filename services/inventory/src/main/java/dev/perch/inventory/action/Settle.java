package dev.perch.inventory.action;

import dev.perch.inventory.check.Subject;
import dev.perch.inventory.check.Subject.Document;
import dev.perch.kit.reconcile.operation.Step;
import dev.perch.kit.reconcile.operation.StepContext;
import dev.perch.kit.reconcile.operation.StepResult;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Waits until no document is half applied, so that the host is left as somebody wanted it. A host
 * that is silent is not waited for: what it does nobody knows.
 */
record Settle(HostWork work) implements Step {
  private static final Duration AGAIN = Duration.ofMillis(500);

  @Override
  public String name() {
    return "settle";
  }

  @Override
  public StepResult run(StepContext context) throws SQLException {
    Optional<Subject> found = work.subject(context);
    if (found.isEmpty()) {
      return HostWork.refused("the host is gone");
    }
    Subject subject = found.get();
    String behind =
        subject.documents().stream()
            .filter(Document::isBehind)
            .map(document -> document.aspect() + " generation " + document.generation())
            .collect(Collectors.joining(", "));
    if (behind.isEmpty() || !subject.life().isAvailable()) {
      return StepResult.done();
    }
    Instant since =
        context
            .output(ShutDown.NAME)
            .map(output -> Instant.parse(output.textValue()))
            .orElse(subject.now());
    return Duration.between(since, subject.now()).compareTo(work.patience().settle()) < 0
        ? new StepResult.WaitUntil(
            subject.now().plus(AGAIN), null, "the host is applying " + behind)
        : HostWork.refused(
            "the host is still applying " + behind + "; force-lock does not wait for it");
  }
}
