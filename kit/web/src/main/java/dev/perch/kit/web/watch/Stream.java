package dev.perch.kit.web.watch;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Where a watcher's events go. */
interface Stream {

  /** Sends events; returns when the peer's window has room again. */
  void send(Iterable<Sent> events)
      throws InterruptedException, ExecutionException, TimeoutException;

  /** Tells the peer that the stream lives, and how far it is. */
  void beat(Position position) throws InterruptedException, ExecutionException, TimeoutException;

  /**
   * @param position the place after the event
   */
  record Sent(ChangeEvent event, Position position) {}
}
