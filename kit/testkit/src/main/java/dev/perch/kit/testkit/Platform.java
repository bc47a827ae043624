package dev.perch.kit.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives a {@code @QuarkusTest} the test JVM's Kafka and PostgreSQL, a database of its own, and
 * trust in {@link Tokens}.
 *
 * <pre>{@code
 * @QuarkusTest
 * @WithTestResource(Platform.class)
 * class HostsTest { … }
 * }</pre>
 *
 * The application's ports are free ones. Kafka and PostgreSQL stay when the application stops. The
 * argument {@value #DATABASE} is the prefix of the database's name.
 */
public final class Platform implements QuarkusTestResourceLifecycleManager {
  /** Name of the argument with the prefix of the database's name. */
  public static final String DATABASE = "database";

  private String prefix = "perch";

  @Override
  public void init(Map<String, String> arguments) {
    prefix = arguments.getOrDefault(DATABASE, prefix);
  }

  @Override
  public Map<String, String> start() {
    Map<String, String> properties = new HashMap<>();
    properties.put("perch.mode", "trial");
    properties.put("quarkus.http.test-port", "0");
    properties.put("quarkus.management.test-port", "0");
    properties.put("kafka.bootstrap.servers", TestKafka.bootstrap());
    properties.putAll(TestPostgres.freshDatabase(prefix).quarkusProperties());
    properties.putAll(Tokens.quarkusProperties());
    return properties;
  }

  @Override
  public void stop() {
    // The JVM's other tests still need what this one used.
  }
}
