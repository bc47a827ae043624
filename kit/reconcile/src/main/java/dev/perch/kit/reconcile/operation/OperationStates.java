package dev.perch.kit.reconcile.operation;

import dev.perch.contract.Aggregate;
import dev.perch.kit.outbox.StateSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the state audit compares with the service's topic of operations. */
@ApplicationScoped
class OperationStates implements StateSource {
  private final OperationBook book;
  private final OperationLog log;

  OperationStates(OperationBook book, OperationLog log) {
    this.book = book;
    this.log = log;
  }

  @Override
  public Aggregate aggregate() {
    return log.aggregate();
  }

  @Override
  public List<Version> versions(@Nullable String after, int limit) {
    try {
      return book.versions(after, limit);
    } catch (SQLException e) {
      throw new IllegalStateException("operations cannot be read", e);
    }
  }

  @Override
  public Set<String> republish(List<String> keys) {
    try {
      return book.republish(keys);
    } catch (SQLException e) {
      throw new IllegalStateException("operations cannot be read", e);
    }
  }
}
