package dev.perch.kit.web.watch;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.watch.Window.Ended;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code GET …?watch=true} with a stream of changes. */
@ApplicationScoped
public class Watches {
  /** On a list's answer: the cursor to watch from. */
  public static final String CURSOR = "Perch-Watch-Cursor";

  private static final Logger LOG = LoggerFactory.getLogger(Watches.class);
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  private final RoutingContext request;
  private final SecurityIdentity identity;
  private final WatchConfig config;
  private final Semaphore places;

  Watches(
      RoutingContext request, SecurityIdentity identity, WatchConfig config, MeterRegistry meters) {
    this.request = request;
    this.identity = identity;
    this.config = config;
    this.places = new Semaphore(config.watchers());
    Gauge.builder("watch.watchers", () -> config.watchers() - places.availablePermits())
        .description("Callers whose streams of changes are open")
        .register(meters);
  }

  /** Whether the request that is being worked on asks for a stream. */
  public boolean isAsked() {
    return "true".equals(request.request().getParam("watch"));
  }

  /**
   * Streams a feed's events from the request's cursor on ({@code Last-Event-ID} or {@code cursor}),
   * or from now on. Call it on the request's own thread.
   *
   * @param caller gets the events of its sites only
   * @param wanted which of those; called on other threads
   * @return completes when the stream has ended; fails with {@link Problem.CursorGone}, {@link
   *     Problem.Invalid} or {@link Problem.Unavailable} before it has begun
   */
  public Uni<Response> serve(ChangeFeed feed, Caller caller, Predicate<ChangeEvent> wanted) {
    Position cursor = cursor();
    Predicate<ChangeEvent> allowed = event -> caller.mayRead(event.site());
    Watcher watcher = new Watcher(feed, allowed.and(wanted), config.heartbeat(), expiry());
    HttpServerResponse response = request.response();
    if (!places.tryAcquire()) {
      throw new Problem.Unavailable("Too many watchers.", Duration.ofSeconds(5)).asException();
    }
    return Uni.createFrom()
        .emitter(
            emitter -> {
              Thread thread =
                  Thread.ofVirtual()
                      .name("watcher")
                      .unstarted(() -> stream(watcher, cursor, response, emitter));
              emitter.onTermination(thread::interrupt);
              thread.start();
            });
  }

  private void stream(
      Watcher watcher,
      @Nullable Position cursor,
      HttpServerResponse response,
      UniEmitter<? super Response> emitter) {
    try {
      Source source = watcher.locate(cursor);
      SseStream stream = new SseStream(response, config.stall());
      stream.open();
      String why = carry(watcher, source, stream);
      stream.end(why).onComplete(ended -> emitter.complete(Response.ok().build()));
    } catch (Ended e) {
      emitter.fail(
          new Problem.Unavailable("This replica is stopping.", Duration.ofSeconds(1))
              .asException());
    } catch (RuntimeException e) {
      emitter.fail(e);
    } finally {
      places.release();
    }
  }

  private static String carry(Watcher watcher, Source source, SseStream stream) {
    try {
      watcher.run(source, stream);
      return "the token has expired";
    } catch (Ended e) {
      return e.end.words;
    } catch (TimeoutException e) {
      return Window.End.TOO_SLOW.words;
    } catch (InterruptedException | ExecutionException e) {
      return "gone";
    } catch (KafkaException e) {
      LOG.atInfo().setMessage("A watcher could not catch up").setCause(e).log();
      return "the log could not be read; resume by your cursor";
    }
  }

  private @Nullable Position cursor() {
    String text = request.request().getHeader(LAST_EVENT_ID);
    String field = LAST_EVENT_ID;
    if (text == null || text.isEmpty()) {
      text = request.request().getParam("cursor");
      field = "cursor";
    }
    if (text == null || text.isEmpty()) {
      return null;
    }
    Position position = Position.of(text);
    if (position == null) {
      throw new Problem.Invalid(
              List.of(
                  new Violation(
                      "cursor.malformed",
                      field,
                      TextNode.valueOf(text.substring(0, Math.min(200, text.length()))),
                      "Send a cursor as an event or a list carried it.")))
          .asException();
    }
    return position;
  }

  private Instant expiry() {
    return identity.getPrincipal() instanceof JsonWebToken token && token.getExpirationTime() > 0
        ? Instant.ofEpochSecond(token.getExpirationTime())
        : Instant.MAX;
  }
}
