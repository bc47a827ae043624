package dev.perch.kit.outbox;

import dev.perch.kit.testkit.Database;
import dev.perch.kit.testkit.TestKafka;
import dev.perch.kit.testkit.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * How fast the relay drains: rows per second, alone and while another transaction is held open, so
 * that no deleted row can be removed. Broker and database run on the same machine.
 *
 * <p>Arguments: rows per round, rounds. Not a test.
 */
final class RelayBenchmark {
  private static final Duration SETTLED = Duration.ofMinutes(3);

  private RelayBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 6;
    Database database = TestPostgres.freshDatabase("drain");
    Things things = new Things(database.name(), database.dataSource());
    things.migrate();
    TestKafka.create(things.aggregate().state(), things.aggregate().log());
    drain("warm-up", things, rows);
    for (int round = 0; round < rounds / 2; round++) {
      drain("alone", things, rows);
    }
    try (Connection held = database.dataSource().getConnection();
        Statement statement = held.createStatement()) {
      held.setAutoCommit(false);
      held.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.execute("create temp table holds (x int)"); // takes a transaction id too
      for (int round = 0; round < rounds; round++) {
        drain("transaction held open", things, rows);
      }
      held.rollback();
    }
    System.exit(0);
  }

  private static void drain(String what, Things things, int rows) throws SQLException {
    things.execute(
        """
        insert into outbox (state_topic, state_type, log_topic, log_type, key, version, epoch,
                            state, change)
        select '%s', 'dev.perch.things.thing.state.v1', '%s', 'dev.perch.things.thing.changed.v1',
               gen_random_uuid()::text, 1, 1, body, body
        from (select '{"text":"' || repeat('x', 600) || '"}' as body) as b, generate_series(1, %d)
        """
            .formatted(things.stateTopic(), things.logTopic(), rows));
    Relay relay =
        new Relay(
            "things",
            things.database().source(),
            new RelayProducers(Map.of("bootstrap.servers", TestKafka.bootstrap())),
            things.bell,
            SETTLED,
            new SimpleMeterRegistry(),
            Silence.INSTANCE);
    long begin = System.nanoTime();
    relay.start();
    while (things.number(
            "select last_value - (select last_value from outbox_sent) from outbox_id_seq")
        > 0) {
      LockSupport.parkNanos(5_000_000);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    relay.close();
    System.out.printf("%-24s %,8.0f rows/s%n", what, rows / seconds);
  }
}
