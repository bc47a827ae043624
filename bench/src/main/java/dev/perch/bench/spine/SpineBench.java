package dev.perch.bench.spine;

import dev.perch.bench.measure.Machine;
import dev.perch.bench.measure.Memory;
import dev.perch.bench.measure.Report;
import dev.perch.bench.measure.Wrk;
import dev.perch.bench.spine.Load.Creates;
import dev.perch.bench.stack.Inventory;
import dev.perch.bench.stack.Stack;
import dev.perch.launcher.stack.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The figures of the spine, taken on a stack that runs ({@code ./perch up -d}), with bearer tokens
 * and everything on. It leaves hosts behind, and stops and starts the stack at the end.
 */
public final class SpineBench {
  private static final Creates SIXTEEN = new Creates(16, 0, false);
  private static final int HOSTS = 10_000;

  private final Stack stack;
  private final Report report;
  private final boolean brief;

  /**
   * @param brief seconds instead of half minutes: to see that it works, not for figures
   */
  public SpineBench(Stack stack, Report report, boolean brief) {
    this.stack = stack;
    this.report = report;
    this.brief = brief;
  }

  /** Takes all figures; returns whether every goal was reached. */
  public boolean run() throws IOException, InterruptedException, SQLException, TimeoutException {
    stack.awaitAotCaches();
    Machine.describe().forEach(report::say);
    Path folder = Files.createTempDirectory("perch-bench");
    String token = stack.token(Role.OPERATOR);
    try (Inventory inventory = new Inventory(stack.url("inventory"), () -> token);
        BenchDatabase database = new BenchDatabase(stack)) {
      var site = inventory.createSite("bench-" + Long.toString(System.currentTimeMillis(), 36));
      Load load = new Load(stack, new Wrk(folder), folder, report, site);
      creates(load);
      reads(load);
      warmed(load);
      endToEnd(load);
      drain(load);
      replay();
      memory();
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
    commands();
    return report.finish();
  }

  /** After half a minute of the same load, as everything that is timed here. */
  private Duration warmUp() {
    return Duration.ofSeconds(brief ? 5 : 30);
  }

  private Duration time() {
    return Duration.ofSeconds(brief ? 5 : 30);
  }

  private void creates(Load load) throws IOException, InterruptedException {
    warm(load, SIXTEEN);
    Wrk.Outcome plain = load.create(SIXTEEN, time());
    report.higher("create host, 16 connections", plain.perSecond(), "req/s", 2_000.0);
    report.lower("create host p50", plain.p50Millis(), "ms", 8.0);
    report.lower("create host p99", plain.p99Millis(), "ms", null);
    Creates keyed = new Creates(16, 0, true);
    warm(load, keyed);
    Wrk.Outcome once = load.create(keyed, time());
    report.higher("create host with Idempotency-Key", once.perSecond(), "req/s", null);
    report.lower("create host with Idempotency-Key p50", once.p50Millis(), "ms", null);
  }

  private void warm(Load load, Creates creates) throws IOException, InterruptedException {
    report.say("warming up");
    var outcome = load.create(creates, warmUp());
    report.say("warmed up: %,.0f req/s".formatted(outcome.perSecond()));
  }

  private void reads(Load load) throws IOException, InterruptedException {
    List<String> paths = load.somePaths(HOSTS);
    if (paths.size() < HOSTS && !brief) {
      throw new IllegalStateException("only %,d hosts are there".formatted(paths.size()));
    }
    load.get(paths, 32, warmUp());
    Wrk.Outcome read = load.get(paths, 32, time());
    report.higher("read host by id, 32 connections", read.perSecond(), "req/s", 12_000.0);
    report.lower("read host by id p50", read.p50Millis(), "ms", null);
    List<String> list = List.of("/v1/hosts?limit=100");
    load.get(list, 1, warmUp());
    Wrk.Outcome page = load.get(list, 1, time());
    report.lower("list of 100 hosts p50", page.p50Millis(), "ms", 25.0);
  }

  /** A process is as fast as it gets after some 80 s of load; by now it had three minutes. */
  private void warmed(Load load) throws IOException, InterruptedException {
    load.create(SIXTEEN, warmUp());
    Wrk.Outcome warm = load.create(SIXTEEN, time());
    report.higher("create host, process warm", warm.perSecond(), "req/s", 2_000.0);
    report.lower("create host p50, process warm", warm.p50Millis(), "ms", 8.0);
  }

  private void endToEnd(Load load) throws IOException, InterruptedException {
    Creates paced = new Creates(16, 1_000, false);
    try (ConsumerProcess consumer = ConsumerProcess.tail(stack, BenchDatabase.NAME)) {
      load.create(paced, warmUp());
      Thread.sleep(1_000);
      consumer.latencies();
      Wrk.Outcome sent = load.create(paced, time());
      Thread.sleep(1_000);
      Consumer.Latencies took = consumer.latencies();
      report.say(
          "measured: client's sending → commit of another process, %,d creates at %,.0f/s"
              .formatted(took.count(), sent.perSecond()));
      report.higher("creates sent for the next two", sent.perSecond(), "req/s", 950.0);
      report.lower("create → another process's commit p50", took.p50(), "ms", 10.0);
      report.lower("create → another process's commit p99", took.p99(), "ms", 50.0);
    }
  }

  private void drain(Load load)
      throws IOException, InterruptedException, SQLException, TimeoutException {
    Drain drain = new Drain(stack);
    Drain.Filling filling = () -> load.create(SIXTEEN, time()).requests();
    report.higher("relay drain", drain.measure(filling), "rows/s", 7_000.0);
    Duration held = brief ? Duration.ofSeconds(10) : Duration.ofMinutes(5);
    report.say("holding a transaction open for " + held.toSeconds() + " s");
    try (var open = new OldTransaction(stack.superuser("inventory"))) {
      long until = System.nanoTime() + held.toNanos();
      while (System.nanoTime() < until) {
        load.create(new Creates(16, 1_000, false), time());
      }
      report.higher(
          "relay drain, transaction held %d s".formatted(held.toSeconds()),
          drain.measure(filling),
          "rows/s",
          7_000.0);
    }
  }

  private void replay() throws IOException {
    Consumer.Throughput replay = ConsumerProcess.replay(stack, BenchDatabase.NAME);
    report.say("measured: %,d records into a table".formatted(replay.records()));
    report.higher("consumer", replay.perSecond(), "rec/s", 10_000.0);
  }

  private void memory() {
    double bytes = Memory.ofTrees(stack.pids());
    report.lower("stack with inventory, PSS", bytes / 1e9, "GB", 1.4);
  }

  private void commands() throws IOException, InterruptedException {
    String services = stack.services();
    stack.perch("down");
    report.lower("no-change build", seconds("build", "--only", services), "s", 2.0);
    report.lower("second up", seconds("up", "-d", "--only", services), "s", 20.0);
  }

  private double seconds(String... arguments) throws IOException, InterruptedException {
    report.say("measured: ./perch " + String.join(" ", arguments));
    long start = System.nanoTime();
    stack.perch(arguments);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) / 1e3;
  }
}
