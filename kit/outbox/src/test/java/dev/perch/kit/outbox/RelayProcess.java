package dev.perch.kit.outbox;

import dev.perch.kit.testkit.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;

/** A relay in a process of its own, until it is told to end. */
final class RelayProcess {
  private RelayProcess() {}

  /** Arguments: host, port, database, user, password, bootstrap servers, settled. */
  public static void main(String[] arguments) throws Exception {
    Database database =
        new Database(
            arguments[0], Integer.parseInt(arguments[1]), arguments[2], arguments[3], arguments[4]);
    Relay relay =
        new Relay(
            "things",
            Pool.of(database),
            new RelayProducers(Map.of("bootstrap.servers", arguments[5])),
            new Doorbell(),
            Duration.parse(arguments[6]),
            new SimpleMeterRegistry(),
            Silence.INSTANCE);
    Runtime.getRuntime().addShutdownHook(new Thread(relay::close));
    relay.start();
    Thread.currentThread().join();
  }

  static Object[] arguments(Database database, String bootstrap, Duration settled) {
    return new Object[] {
      database.host(),
      database.port(),
      database.name(),
      database.user(),
      database.password(),
      bootstrap,
      settled
    };
  }
}
