package dev.perch.kit.inbox;

import dev.perch.contract.Topic;
import dev.perch.kit.testkit.Database;
import java.util.Map;

/** A process that consumes a log until it is killed. */
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
      database.password()
    };
  }

  public static void main(String[] args) {
    Topic topic = new Topic(args[1], Topic.Kind.LOG, 3);
    Database database =
        new Database("127.0.0.1", Integer.parseInt(args[3]), args[4], args[4], args[5]);
    new Worker(new Readings(args[2], topic), database.dataSource(), args[0], Map.of()).run();
  }
}
