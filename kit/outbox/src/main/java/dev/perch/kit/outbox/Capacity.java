package dev.perch.kit.outbox;

import dev.perch.kit.web.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether the outbox takes another row. {@link Backlog} measures and reports. */
public final class Capacity {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  private volatile @Nullable String exhausted;

  /**
   * @throws dev.perch.kit.web.ProblemException 503 with {@code Retry-After} while the outbox is
   *     full
   */
  void admit() {
    String why = exhausted;
    if (why != null) {
      throw new Problem.Unavailable(
              "Changes are not taken until those made before are published: " + why, RETRY_AFTER)
          .asException();
    }
  }

  /** Null: rows are taken again. */
  void report(@Nullable String why) {
    exhausted = why;
  }
}
