package dev.perch.kit.web.watch;

import java.time.Duration;
import java.util.List;

/** Where a watcher's events come from. Belongs to one thread. */
interface Source extends AutoCloseable {

  /** The next events, none if there were none for so long. */
  List<ChangeEvent> next(Duration patience) throws Window.Ended, InterruptedException;

  /** Everything before this has been read. */
  Position position();

  @Override
  default void close() {}
}
