package dev.perch.kit.inbox;

import dev.perch.contract.Topic;
import dev.perch.kit.testkit.Database;
import java.util.Map;

/** A process that consumes until it is killed. */
final class WorkerProgram {
  private WorkerProgram() {}

  static Object[] arguments(Bench bench, String bootstrap) {
    Database database = bench.database;
    return new Object[] {
      bootstrap,
      bench.topic.name(),
      bench.consumer,
      database.port(),
      database.name(),
      database.password(),
      bench.topic.kind()
    };
  }

  public static void main(String[] args) {
    Topic topic = new Topic(args[1], Topic.Kind.valueOf(args[6]), 3);
    Database database =
        new Database("127.0.0.1", Integer.parseInt(args[3]), args[4], args[4], args[5]);
    Projection projection =
        topic.kind() == Topic.Kind.LOG ? new Readings(args[2], topic) : new Gauges(args[2], topic);
    new Worker(projection, database.dataSource(), args[0], Map.of()).run();
  }
}
