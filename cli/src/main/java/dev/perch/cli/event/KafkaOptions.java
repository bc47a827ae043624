package dev.perch.cli.event;

import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Reading the logs themselves. */
final class KafkaOptions {
  @Option(
      names = "--kafka",
      required = true,
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "HOST:PORT",
      description = "From Kafka: the context's, or these bootstrap servers (--kafka=HOST:PORT).")
  private String servers = "";

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Properties of the Kafka client: security.protocol, sasl.jaas.config, …")
  private @Nullable Path config;

  @Option(names = "--from-beginning", description = "Begins with the oldest there is.")
  private boolean fromBeginning;

  @Option(names = "--since", paramLabel = "TIME", description = "Begins there; RFC 3339.")
  private @Nullable Instant since;

  EventSource open(Perch perch, Set<String> kinds, Consumer<String> notices)
      throws Failure, IOException {
    Properties properties = new Properties();
    if (config != null) {
      try (Reader reader = Files.newBufferedReader(config)) {
        properties.load(reader);
      }
    }
    properties.put(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers.isEmpty() ? perch.kafka() : servers);
    Instant from = fromBeginning ? Instant.EPOCH : since;
    return KafkaSource.open(properties, Logs.topics(kinds), from, notices);
  }
}
