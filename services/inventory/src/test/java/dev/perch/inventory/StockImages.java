package dev.perch.inventory;

import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Kafka and PostgreSQL as their projects publish them. */
public final class StockImages implements QuarkusTestResourceLifecycleManager {
  static final KafkaContainer KAFKA = new KafkaContainer("apache/kafka:4.1.1");
  private static final PostgreSQLContainer POSTGRES = new PostgreSQLContainer("postgres:18");

  @Override
  public Map<String, String> start() {
    KAFKA.start();
    POSTGRES.start();
    Map<String, String> properties = new HashMap<>(Tokens.quarkusProperties());
    properties.put("perch.mode", "trial");
    properties.put("kafka.bootstrap.servers", KAFKA.getBootstrapServers());
    properties.put("quarkus.datasource.jdbc.url", POSTGRES.getJdbcUrl());
    properties.put(
        "quarkus.datasource.reactive.url",
        "postgresql://%s:%d/%s"
            .formatted(
                POSTGRES.getHost(), POSTGRES.getFirstMappedPort(), POSTGRES.getDatabaseName()));
    properties.put("quarkus.datasource.username", POSTGRES.getUsername());
    properties.put("quarkus.datasource.password", POSTGRES.getPassword());
    return properties;
  }

  @Override
  public void stop() {
    POSTGRES.stop();
    KAFKA.stop();
  }
}
