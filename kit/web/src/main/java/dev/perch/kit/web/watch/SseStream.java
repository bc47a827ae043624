package dev.perch.kit.web.watch;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Writes server-sent events (WHATWG HTML §9.2) to an HTTP answer. Blocks its virtual thread. */
final class SseStream implements Stream {
  private final HttpServerResponse response;
  private final Duration stall;

  /**
   * @param stall how long the peer may leave data unread
   */
  SseStream(HttpServerResponse response, Duration stall) {
    this.response = response;
    this.stall = stall;
  }

  void open() {
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  @Override
  public void send(Iterable<Sent> events)
      throws InterruptedException, ExecutionException, TimeoutException {
    Buffer buffer = Buffer.buffer();
    for (Sent sent : events) {
      field(buffer, "id", sent.position().cursor());
      field(buffer, "event", sent.event().type());
      sent.event().data().lines().forEach(line -> field(buffer, "data", line));
      buffer.appendString("\n");
    }
    write(buffer);
  }

  /** An id without data moves the peer's last event id and is no event. */
  @Override
  public void beat(Position position)
      throws InterruptedException, ExecutionException, TimeoutException {
    Buffer buffer = Buffer.buffer(":\n");
    field(buffer, "id", position.cursor());
    write(buffer.appendString("\n"));
  }

  /** Says why and ends; the peer may be gone already. */
  Future<Void> end(String why) {
    return response.ended() || response.closed()
        ? Future.succeededFuture()
        : response.end(": " + why + "\n\n");
  }

  private void write(Buffer buffer)
      throws InterruptedException, ExecutionException, TimeoutException {
    response
        .write(buffer)
        .toCompletionStage()
        .toCompletableFuture()
        .get(stall.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void field(Buffer buffer, String name, String value) {
    buffer.appendString(name).appendString(": ").appendString(value).appendString("\n");
  }
}
