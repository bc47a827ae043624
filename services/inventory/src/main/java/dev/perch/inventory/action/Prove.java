package dev.perch.inventory.action;

import dev.perch.inventory.check.Subject;
import dev.perch.inventory.life.Life;
import dev.perch.kit.reconcile.operation.Step;
import dev.perch.kit.reconcile.operation.StepContext;
import dev.perch.kit.reconcile.operation.StepResult;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The proof of an unlock: after it the host was enabled and available for as many of its agent's
 * beats as it takes to find it offline. Before that its last known presence may be out of date.
 */
record Prove(HostWork work) implements Step {
  private static final Duration AGAIN = Duration.ofMillis(250);

  @Override
  public String name() {
    return "prove";
  }

  @Override
  public StepResult run(StepContext context) throws SQLException {
    Optional<Subject> found = work.subject(context);
    if (found.isEmpty()) {
      return HostWork.refused("the host is gone");
    }
    Subject subject = found.get();
    Instant unlocked =
        context
            .output(Unlock.NAME)
            .map(output -> Instant.parse(output.textValue()))
            .orElse(subject.now());
    Duration since = Duration.between(unlocked, subject.now());
    Duration needed = needed(subject);
    if (subject.life().isAvailable() && since.compareTo(needed) >= 0) {
      return work.lead(context, Prove::proven);
    }
    return since.compareTo(work.patience().prove().plus(needed)) < 0
        ? new StepResult.WaitUntil(
            subject.now().plus(AGAIN),
            (int) Math.min(99, 100 * since.toMillis() / Math.max(1, needed.toMillis())),
            subject.life().isAvailable()
                ? "its agent is heard; for how long is being seen"
                : "its agent is not heard")
        : HostWork.refused("its agent was not heard within " + work.patience().prove());
  }

  private static Life proven(Life life) {
    return life instanceof Life.Entering entering ? entering.proven() : life;
  }

  private Duration needed(Subject subject) {
    long beat = subject.session() == null ? 0 : subject.session().beatEveryMillis();
    return Duration.ofMillis(beat).multipliedBy(work.patience().beatsHeard());
  }
}
