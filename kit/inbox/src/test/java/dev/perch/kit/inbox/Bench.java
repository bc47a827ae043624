package dev.perch.kit.inbox;

import dev.perch.contract.Topic;
import dev.perch.kit.testkit.Database;
import dev.perch.kit.testkit.TestKafka;
import dev.perch.kit.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/** A topic, a database with the inbox's tables, and a projection between them. */
final class Bench implements AutoCloseable {
  final Topic topic;
  final String consumer;
  final Database database;
  final Writer writer;

  private Bench(Topic topic) {
    this.topic = topic;
    consumer = topic.name().substring("perch.".length());
    TestKafka.create(topic, Topic.deadLetters(consumer));
    database = TestPostgres.freshDatabase("inbox");
    migrate(database);
    writer = new Writer(topic);
  }

  static Bench ofState() {
    return new Bench(new Topic(name(), Topic.Kind.STATE, 3));
  }

  static Bench ofLog() {
    return new Bench(new Topic(name(), Topic.Kind.LOG, 3));
  }

  private static String name() {
    return "perch.test.gauges-" + UUID.randomUUID();
  }

  private static void migrate(Database database) {
    var _ =
        Flyway.configure()
            .dataSource(database.dataSource())
            .locations("db/kit", "db/migration")
            .outOfOrder(true)
            .load()
            .migrate();
  }

  Gauges gauges() {
    return new Gauges(consumer, topic);
  }

  Worker work() {
    return work(gauges());
  }

  Worker work(Projection projection) {
    return Worker.start(projection, database.dataSource(), TestKafka.bootstrap());
  }

  /** What the projection has. */
  Map<String, Long> readings() {
    try (Connection connection = database.dataSource().getConnection();
        Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("select id, reading from gauge")) {
      Map<String, Long> readings = new TreeMap<>();
      while (row.next()) {
        readings.put(row.getString(1), row.getLong(2));
      }
      return readings;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  long number(String sql) {
    try (Connection connection = database.dataSource().getConnection();
        Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  void execute(String sql) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    writer.close();
  }
}
