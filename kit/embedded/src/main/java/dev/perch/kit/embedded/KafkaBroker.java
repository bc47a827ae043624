package dev.perch.kit.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka of one KRaft node in this JVM. It may be stopped and started again any number of
 * times and keeps its ports and its data. Topics are not created automatically.
 *
 * <p>On a fault it cannot recover from, such as a disk that fails, Kafka ends its JVM.
 *
 * <p>Not a cluster, no TLS, no authentication: for trial, development and tests.
 */
public final class KafkaBroker implements AutoCloseable {
  private final KafkaSettings settings;
  private @Nullable KafkaRaftServer server;

  public KafkaBroker(KafkaSettings settings) {
    this.settings = settings;
  }

  public KafkaSettings settings() {
    return settings;
  }

  /** {@code host:port} for clients on this machine, the same over every stop and start. */
  public String bootstrap() {
    return settings.bootstrap();
  }

  /**
   * Starts the broker, formatting an empty data folder first; returns when it serves clients.
   *
   * @throws IllegalStateException if it runs already, or cannot start; the message names the port
   *     that is taken, or the settings
   */
  public synchronized void start() {
    if (server != null) {
      throw new IllegalStateException("the broker on " + bootstrap() + " runs already");
    }
    requireFreePorts();
    formatIfNew();
    KafkaRaftServer starting =
        new KafkaRaftServer(new KafkaConfig(KafkaProperties.of(settings), false), Time.SYSTEM);
    try {
      starting.startup();
    } catch (RuntimeException e) {
      starting.shutdown();
      throw new IllegalStateException("Kafka did not start with " + settings, e);
    }
    server = starting;
  }

  public synchronized boolean isRunning() {
    return server != null;
  }

  /** Stops the broker in an orderly way; does nothing if it is stopped. */
  public synchronized void stop() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
      server = null;
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** Asked first, because Kafka answers a taken port by ending the JVM. */
  private void requireFreePorts() {
    settings
        .ports()
        .forEach(
            port -> {
              if (!Ports.isFree(port)) {
                throw new IllegalStateException(
                    "Kafka cannot start: port " + port + " is taken by another process");
              }
            });
  }

  private void formatIfNew() {
    Path data = settings.data();
    if (Files.exists(data.resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(data);
      Formatter formatter =
          new Formatter()
              .setPrintStream(
                  new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
              .setNodeId(KafkaProperties.NODE)
              .setClusterId(Uuid.randomUuid().toString())
              .addDirectory(data.toString())
              .setMetadataLogDirectory(data.toString())
              .setReleaseVersion(MetadataVersion.latestProduction())
              .setControllerListenerName(KafkaProperties.CONTROLLER)
              .setIgnoreFormatted(true);
      formatter.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException("Kafka could not format " + data, e);
    }
  }
}
