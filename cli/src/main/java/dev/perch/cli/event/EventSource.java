package dev.perch.cli.event;

import dev.perch.cli.Failure;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where events come from. In order for each resource. */
interface EventSource extends AutoCloseable {
  /**
   * Waits for the next one; null when the time is over.
   *
   * @throws Failure if there will be no more
   */
  @Nullable Event next(Instant end) throws Failure, IOException, InterruptedException;

  @Override
  void close();
}
