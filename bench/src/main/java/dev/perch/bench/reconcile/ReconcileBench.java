package dev.perch.bench.reconcile;

import dev.perch.bench.measure.Machine;
import dev.perch.bench.measure.Report;
import dev.perch.contract.Cause;
import dev.perch.contract.Json;
import dev.perch.kit.outbox.Capacity;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.Doorbell;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.Pace;
import dev.perch.kit.reconcile.Troubles;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.reconcile.WorkQueue;
import dev.perch.kit.reconcile.Workers;
import dev.perch.kit.reconcile.operation.LongWork;
import dev.perch.kit.reconcile.operation.NewOperation;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The figures of the work queue and of operations; needs no Perch that runs. */
public final class ReconcileBench {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Pace PACE =
      new Pace(
          Duration.ofSeconds(8),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1));

  private final Report report;
  private final boolean brief;

  /**
   * @param brief small numbers: to see that it works, not for figures
   */
  public ReconcileBench(Report report, boolean brief) {
    this.report = report;
    this.brief = brief;
  }

  /** Takes all figures; returns whether every goal was reached. */
  public boolean run() throws IOException, SQLException, InterruptedException, TimeoutException {
    Machine.describe().forEach(report::say);
    try (Server server = new Server()) {
      claims(server);
      idle(server);
      operations(server);
    }
    return report.finish();
  }

  private void claims(Server server) throws SQLException, InterruptedException, TimeoutException {
    report.say("warming up");
    drain(server, brief ? 2_000 : 50_000);
    double rate = drain(server, brief ? 5_000 : 200_000);
    report.higher("items claimed, worked on and written back", rate, "items/s", 5_000.0);
  }

  private static double drain(Server server, int items)
      throws SQLException, InterruptedException, TimeoutException {
    server.execute(
        "insert into work_item (queue, key) select 'bench', 'key-' || i from generate_series(1, %d) i"
            .formatted(items));
    long start = System.nanoTime();
    AtomicInteger done = new AtomicInteger();
    WorkQueue queue =
        new WorkQueue(
            "bench",
            256,
            claim -> {
              done.incrementAndGet();
              return new Outcome.Done();
            });
    try (Workers workers = workers(server, PACE, new SimpleMeterRegistry(), items(), queue)) {
      workers.start();
      await(() -> done.get() >= items && server.count("select count(*) from work_item") == 0);
      return items / ((System.nanoTime() - start) / 1e9);
    }
  }

  private void idle(Server server) throws SQLException, InterruptedException {
    int rows = brief ? 10_000 : 1_000_000;
    report.say("filling the queue with %,d rows that are due later".formatted(rows));
    server.execute(
        """
        insert into work_item (queue, key, due_at)
        select 'idle', 'key-' || i, clock_timestamp() + interval '1 day' from generate_series(1, %d) i
        """
            .formatted(rows));
    server.execute("vacuum analyze work_item");
    Pace often =
        new Pace(PACE.lease(), PACE.renew(), Duration.ofMillis(10), PACE.watch(), PACE.grace());
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    WorkQueue queue = new WorkQueue("idle", 32, claim -> new Outcome.Done());
    try (Workers workers = workers(server, often, meters, items(), queue)) {
      workers.start();
      Thread.sleep(2_000);
      Timer polls = meters.get("work.poll").timer();
      long before = polls.count();
      double spent = polls.totalTime(TimeUnit.MILLISECONDS);
      Thread.sleep(brief ? 2_000 : 20_000);
      long count = polls.count() - before;
      report.say("measured: %,d polls".formatted(count));
      report.lower(
          "idle poll of a queue of %,d, mean".formatted(rows),
          (polls.totalTime(TimeUnit.MILLISECONDS) - spent) / count,
          "ms",
          1.0);
    }
    server.execute("delete from work_item");
  }

  private void operations(Server server)
      throws SQLException, InterruptedException, TimeoutException {
    run(server, brief ? 50 : 500, new Counted());
    Counted counted = new Counted();
    int count = brief ? 100 : 1_000;
    double rate = run(server, count, counted);
    report.higher("%,d operations of 3 steps, two replicas".formatted(count), rate, "op/s", null);
    report.say("measured: %,d steps were run".formatted(counted.stepsRun()));
    report.lower("steps run twice", counted.stepsRunTwice(), "steps", 0.0);
    report.lower("steps not run", 3.0 * count - counted.stepsRun(), "steps", 0.0);
  }

  /** Each operation has a target of its own, so all of them may be worked on at once. */
  private static double run(Server server, int count, Counted counted)
      throws SQLException, InterruptedException, TimeoutException {
    Outbox outbox = new Outbox(new Capacity(), new Doorbell());
    WorkItems items = new WorkItems(outbox);
    Database database = new Database(server.pool());
    LongWork work = new LongWork("bench", database, outbox, items, List.of(counted));
    server.execute("truncate operation, outbox");
    database.run(
        connection -> {
          for (int i = 0; i < count; i++) {
            var _ =
                work.operations()
                    .request(
                        connection,
                        new NewOperation(
                            Counted.NAME,
                            "things/" + i,
                            null,
                            Json.MAPPER.createObjectNode(),
                            new Cause("service:bench", "bench", null)));
          }
        });
    long start = System.nanoTime();
    try (Workers one = workers(server, PACE, new SimpleMeterRegistry(), items(), work.queue(32));
        Workers two = workers(server, PACE, new SimpleMeterRegistry(), items(), work.queue(32))) {
      one.start();
      two.start();
      await(() -> server.count("select count(*) from work_item") == 0);
      return count / ((System.nanoTime() - start) / 1e9);
    }
  }

  private static WorkItems items() {
    return new WorkItems(new Outbox(new Capacity(), new Doorbell()));
  }

  private static Workers workers(
      Server server, Pace pace, SimpleMeterRegistry meters, WorkItems items, WorkQueue queue) {
    return new Workers(
        new Database(server.pool()), items, List.of(queue), pace, meters, new Untroubled());
  }

  /** What is waited for. */
  @FunctionalInterface
  private interface Condition {
    boolean holds() throws SQLException;
  }

  private static void await(Condition condition)
      throws SQLException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException("the queue was not empty after " + PATIENCE);
      }
      Thread.sleep(20);
    }
  }

  /** Nothing here is to be told to anybody. */
  private record Untroubled() implements Troubles {
    @Override
    public void raise(String alarm, String entity, String text) {
      throw new IllegalStateException(alarm + " of " + entity + ": " + text);
    }

    @Override
    public void clear(String alarm, String entity) {
      // Nothing was raised.
    }
  }
}
