package dev.perch.kit.reconcile.operation;

import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.Reconciler;
import java.sql.SQLException;
import java.time.Duration;

/** Forgets operations whose time is over. One key, so that one replica does it. */
final class Forgetting implements Reconciler {
  static final String QUEUE = "operations-forgetting";
  static final String KEY = "all";

  private static final Duration INTERVAL = Duration.ofHours(1);
  private static final int MOST = 200;

  private final OperationBook book;
  private final Duration keep;

  Forgetting(OperationBook book, Duration keep) {
    this.book = book;
    this.keep = keep;
  }

  @Override
  public Outcome reconcile(Claim claim) throws SQLException {
    while (book.forget(keep, MOST) == MOST) {
      claim.requireHeld();
    }
    return new Outcome.Again(INTERVAL);
  }
}
