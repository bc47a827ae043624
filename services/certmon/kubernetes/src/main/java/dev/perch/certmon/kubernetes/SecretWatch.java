package dev.perch.certmon.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the Secrets of one namespace, or of a whole cluster, that hold certificates of ours. It
 * is sent names and versions, never a key.
 *
 * <p>A list, then every change since: after a connection broke it goes on where it was, and where
 * the cluster has forgotten that point (410), with a list. A connection that is dead without a word
 * is given up after five minutes.
 */
public final class SecretWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SecretWatch.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LENGTH = Duration.ofSeconds(270);
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final int PAGE = 500;

  private final Cluster cluster;
  private final Api api;
  private final String path;
  private final SecretListener listener;
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
  private final Thread thread;
  private volatile boolean closed;
  private @Nullable String version;

  /**
   * @param namespace null for all
   */
  public SecretWatch(Cluster cluster, @Nullable String namespace, SecretListener listener) {
    this(cluster, namespace, listener, null);
  }

  /**
   * @param version where to go on; null for a list
   */
  SecretWatch(
      Cluster cluster,
      @Nullable String namespace,
      SecretListener listener,
      @Nullable String version) {
    this.cluster = cluster;
    this.api = new Api(cluster);
    this.path =
        (namespace == null ? "/api/v1/secrets" : SecretName.path(namespace))
            + "?labelSelector="
            + encoded(Api.CERTIFICATE_LABEL);
    this.listener = listener;
    this.version = version;
    this.thread = Thread.ofVirtual().name("secrets-of-" + cluster.name()).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Ends it; returns when the listener is not called any more. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    deadlines.shutdownNow();
    api.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    int failures = 0;
    while (!closed) {
      long begin = System.nanoTime();
      Failure failure = turn();
      if (System.nanoTime() - begin > LONGEST_PAUSE.toNanos()) {
        failures = 0;
      } else if (!closed) {
        // What ends at once would else be asked for without a pause.
        pause(failures++, failure);
      }
    }
  }

  /** One list, if there is to be one, and one watch; returns why it ended, null if it just did. */
  private @Nullable Failure turn() {
    try {
      follow(version == null ? list() : version);
      return null;
    } catch (ApiFailure.Expired forgotten) {
      version = null;
      LOG.atDebug()
          .addKeyValue("cluster", cluster.name())
          .log("Changes of Secrets are forgotten; listing them");
      return null;
    } catch (ApiFailure e) {
      if (!closed) {
        listener.interrupted(e.failure());
      }
      return e.failure();
    } catch (RuntimeException e) {
      version = null;
      if (!closed) {
        LOG.atError()
            .addKeyValue("cluster", cluster.name())
            .setCause(e)
            .log("The listener to Secrets failed; listing them again");
      }
      return null;
    }
  }

  private String list() throws ApiFailure {
    List<WatchedSecret> secrets = new ArrayList<>();
    String next = "";
    JsonNode page;
    do {
      page = api.metadata(path + "&limit=" + PAGE + next);
      page.path("items").forEach(item -> secrets.add(secret(item)));
      next = "&continue=" + encoded(page.at("/metadata/continue").asText());
    } while (!page.at("/metadata/continue").asText().isEmpty());
    listener.listed(secrets);
    version = page.at("/metadata/resourceVersion").asText();
    return version;
  }

  /** Returns when the server ends the answer, as it does every few minutes. */
  private void follow(String since) throws ApiFailure {
    String parameters =
        "&watch=true&allowWatchBookmarks=true&resourceVersion=%s&timeoutSeconds=%d"
            .formatted(encoded(since), LENGTH.toSeconds());
    try (InputStream answer = api.follow(path + parameters)) {
      Future<?> deadline =
          deadlines.schedule(() -> close(answer), LENGTH.plus(GRACE).toSeconds(), TimeUnit.SECONDS);
      try (MappingIterator<JsonNode> events = JSON.readerFor(JsonNode.class).readValues(answer)) {
        while (events.hasNextValue()) {
          hear(events.nextValue());
        }
      } finally {
        deadline.cancel(false);
      }
    } catch (IOException e) {
      throw api.broken(e);
    }
  }

  private void hear(JsonNode event) throws ApiFailure {
    JsonNode object = event.path("object");
    switch (event.path("type").asText()) {
      case "ADDED", "MODIFIED" -> listener.changed(secret(object));
      case "DELETED" -> listener.deleted(name(object));
      case "BOOKMARK" -> {}
      default -> throw Refusals.inStream(object);
    }
    version = object.at("/metadata/resourceVersion").asText();
  }

  private void pause(int failures, @Nullable Failure failure) {
    long grown = FIRST_PAUSE.toMillis() << Math.min(failures, 10);
    long longest = Math.min(grown, LONGEST_PAUSE.toMillis());
    long millis = ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    if (failure != null) {
      millis = Math.max(millis, failure.retryAfter().map(Duration::toMillis).orElse(0L));
    }
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(InputStream answer) {
    try {
      answer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WatchedSecret secret(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return new WatchedSecret(
        name(object),
        metadata.path("uid").asText(),
        metadata.path("resourceVersion").asText(),
        metadata.path("labels").path(Api.CERTIFICATE_LABEL).asText(),
        metadata.has("deletionTimestamp"));
  }

  private static SecretName name(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return new SecretName(metadata.path("namespace").asText(), metadata.path("name").asText());
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
