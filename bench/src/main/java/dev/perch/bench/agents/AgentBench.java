package dev.perch.bench.agents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.bench.measure.Latencies;
import dev.perch.bench.measure.Machine;
import dev.perch.bench.measure.Memory;
import dev.perch.bench.measure.Processor;
import dev.perch.bench.measure.Report;
import dev.perch.bench.stack.Inventory;
import dev.perch.bench.stack.Stack;
import dev.perch.bench.stack.Witness;
import dev.perch.bench.stack.Witness.Sight;
import dev.perch.contract.Catalogue;
import dev.perch.launcher.stack.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the agent link, taken on a stack that runs: simulated agents in this process, each
 * with its own TLS connection. It leaves hosts behind, and kills inventory once.
 */
public final class AgentBench {
  private static final String HOSTS = Catalogue.HOSTS.log().name();
  private static final String FACETS = Catalogue.HOST_FACETS.log().name();
  private static final int PER_SITE = 100;
  private static final int LOST = 10;
  private static final int MISSED = 10;
  private static final long APART_MILLIS = 10;
  private static final List<Long> ME = List.of(ProcessHandle.current().pid());

  private final Stack stack;
  private final Report report;
  private final int count;
  private final Duration beat;
  private final boolean brief;
  private final int samples;
  private final Documents documents;

  /**
   * @param count of agents
   * @param brief to see that it works: the figures have no goals, but for what must never be
   */
  public AgentBench(Stack stack, Report report, int count, Duration beat, boolean brief) {
    this.stack = stack;
    this.report = report;
    this.count = count;
    this.beat = beat;
    this.brief = brief;
    this.samples = brief ? 50 : 200;
    this.documents = new Documents(stack.kafka());
  }

  private @Nullable Double goal(double value) {
    return brief ? null : value;
  }

  /** Takes all figures; returns whether every goal was reached. */
  public boolean run()
      throws IOException, InterruptedException, TimeoutException, ExecutionException, SQLException {
    stack.awaitAotCaches();
    Machine.describe().forEach(report::say);
    Tokens tokens = new Tokens(stack);
    try (var crowd = new Crowd(stack.folders().data("link").resolve("authorities.pem"));
        Inventory inventory = new Inventory(stack.url("inventory"), tokens::bearer)) {
      report.say("enrolling %,d agents".formatted(count));
      crowd.enrol(inventory, count, PER_SITE, beat);
      try (Witness witness =
          new Witness(stack.kafka(), List.of(HOSTS, FACETS, Documents.OBSERVED))) {
        connect(crowd, witness);
        steady();
        facts(crowd, witness);
        documents(crowd, witness);
        restart(crowd, witness);
        losses(crowd, witness);
      }
    }
    return report.finish();
  }

  private void connect(Crowd crowd, Witness witness) throws InterruptedException, TimeoutException {
    long start = System.nanoTime();
    crowd.start(Duration.ofMillis(2L * count));
    Witness.await("all connect", Duration.ofMinutes(5), () -> crowd.connected() == count);
    report.lower("first connection of all agents", seconds(start), "s", null);
    Witness.await(
        "all are available",
        Duration.ofMinutes(5),
        () -> witness.count(HOSTS, change -> isNow(change, "AVAILABLE")) >= count);
    report.lower("all published as available", seconds(start), "s", null);
  }

  private void steady() throws InterruptedException {
    Duration time = Duration.ofSeconds(brief ? 5 : 60);
    Thread.sleep(brief ? 2_000 : 20_000);
    List<Long> pids = pids();
    double before = Processor.seconds(pids);
    double mine = Processor.seconds(ME);
    long start = System.nanoTime();
    Thread.sleep(time.toMillis());
    report.lower(
        "inventory's processor, steady",
        (Processor.seconds(pids) - before) / seconds(start),
        "cores",
        goal(1.0));
    report.lower(
        "the agents' processor meanwhile",
        (Processor.seconds(ME) - mine) / seconds(start),
        "cores",
        null);
    report.lower("inventory's memory, PSS", Memory.ofTrees(pids) / 1e6, "MB", goal(600.0));
  }

  private void facts(Crowd crowd, Witness witness) throws InterruptedException, TimeoutException {
    List<SimulatedAgent> some = some(crowd, samples);
    // The first are the first of all for this process, too.
    changes(some, witness);
    List<Long> took = changes(some, witness);
    report.lower("change on a host → event p50", Latencies.of(took).percentile(50), "ms", null);
    report.lower(
        "change on a host → event p99", Latencies.of(took).percentile(99), "ms", goal(500.0));
  }

  /** One of each of them, one after the other. */
  private static List<Long> changes(List<SimulatedAgent> agents, Witness witness)
      throws InterruptedException, TimeoutException {
    Map<SimulatedAgent, Long> sent = new LinkedHashMap<>();
    for (SimulatedAgent agent : agents) {
      long now = System.currentTimeMillis();
      sent.put(agent, now);
      agent.report(now);
      Thread.sleep(APART_MILLIS);
    }
    List<Long> took = new ArrayList<>();
    for (Map.Entry<SimulatedAgent, Long> one : sent.entrySet()) {
      SimulatedAgent agent = one.getKey();
      long at = one.getValue();
      Witness.await(
          "a changed facet", Duration.ofSeconds(30), () -> changed(witness, agent, at).isPresent());
      took.add(changed(witness, agent, at).orElseThrow().seenAt() - at);
    }
    return took;
  }

  private static Optional<Sight> changed(Witness witness, SimulatedAgent agent, long at) {
    return witness.of(FACETS, agent.host() + "/memory").stream()
        .filter(sight -> sight.value().at("/after/memory/totalBytes").asLong() == at)
        .findFirst();
  }

  private void documents(Crowd crowd, Witness witness)
      throws InterruptedException, TimeoutException {
    List<SimulatedAgent> some = some(crowd, samples);
    documents.send(some, 1);
    documents.await(some, 1, witness);
    documents.send(some, 2);
    List<Long> took = documents.await(some, 2, witness);
    report.lower("document → observed event p50", Latencies.of(took).percentile(50), "ms", null);
    report.lower(
        "document → observed event p99", Latencies.of(took).percentile(99), "ms", goal(1_000.0));
  }

  /** Killed, not stopped: nobody is told. */
  private void restart(Crowd crowd, Witness witness)
      throws InterruptedException, TimeoutException, SQLException {
    List<SimulatedAgent> some = some(crowd, samples);
    pids().forEach(pid -> ProcessHandle.of(pid).orElseThrow().destroyForcibly());
    double before = Processor.seconds(ME);
    long start = System.nanoTime();
    Witness.await("all are cut off", Duration.ofSeconds(30), () -> crowd.connected() == 0);
    documents.send(some, 3);
    Witness.await("all are back", Duration.ofMinutes(5), () -> crowd.connected() == count);
    double took = seconds(start);
    double processor = Processor.seconds(pids());
    double mine = Processor.seconds(ME) - before;
    report.lower("killed → all agents are back", took, "s", goal(30.0));
    report.lower("processor time of the new process by then", processor, "s", goal(20.0));
    report.lower("the agents' processor time meanwhile", mine, "s", null);
    documents.await(some, 3, witness);
    // Longer than a connected host may be silent; those that were given a window need not be waited
    // for, if there are none any more.
    Thread.sleep(beat.multipliedBy(MISSED).plusSeconds(2).toMillis());
    report.lower("hosts that are back and still to be judged", awaited(), "hosts", 0.0);
    report.lower(
        "hosts that were called offline",
        witness.count(HOSTS, change -> isNow(change, "OFFLINE") || isNow(change, "UNKNOWN")),
        "hosts",
        0.0);
  }

  /** Of those that the service holds for connected or is waiting for. */
  private long awaited() throws SQLException {
    try (Connection database = stack.database("inventory");
        PreparedStatement select =
            database.prepareStatement(
                "select count(*) from link_session s join link_replica r on r.id = s.replica"
                    + " where s.judge_at is not null");
        ResultSet rows = select.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void losses(Crowd crowd, Witness witness) throws InterruptedException, TimeoutException {
    List<Long> took = new ArrayList<>();
    List<SimulatedAgent> some = some(crowd, LOST);
    some.forEach(SimulatedAgent::fallSilent);
    for (SimulatedAgent agent : some) {
      Witness.await(
          "a lost host",
          Duration.ofSeconds(90).plus(beat.multipliedBy(MISSED)),
          () -> offline(witness, agent).isPresent());
      took.add(offline(witness, agent).orElseThrow().seenAt() - agent.lastBeat());
    }
    report.lower(
        "last beat of a host → event that it is offline",
        Latencies.of(took).percentile(100) / 1e3,
        "s",
        goal(beat.toMillis() * MISSED / 1e3 + (beat.toMillis() < 1_000 ? 0.2 : 1.0)));
  }

  private static Optional<Sight> offline(Witness witness, SimulatedAgent agent) {
    return witness.of(HOSTS, agent.host().toString()).stream()
        .filter(sight -> isNow(sight.value(), "OFFLINE"))
        .findFirst();
  }

  private static boolean isNow(JsonNode change, String availability) {
    return change.at("/after/state/availability").asText().equals(availability);
  }

  /** At most one of each site: a site that is lost as a whole is another figure. */
  private static List<SimulatedAgent> some(Crowd crowd, int most) {
    int step = Math.max(1, crowd.agents().size() / most);
    List<SimulatedAgent> some = new ArrayList<>();
    for (int i = 0; i < crowd.agents().size() && some.size() < most; i += step) {
      some.add(crowd.agents().get(i));
    }
    return some;
  }

  /** Of all replicas of inventory. */
  private List<Long> pids() {
    return stack.parts().stream()
        .filter(part -> part.name().startsWith("inventory"))
        .flatMap(part -> part.alive().stream())
        .map(process -> process.pid())
        .toList();
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Bearer tokens live for five minutes. */
  private static final class Tokens {
    private static final Duration GOOD = Duration.ofMinutes(4);
    private final Stack stack;
    private String token = "";
    private long at;

    Tokens(Stack stack) {
      this.stack = stack;
    }

    synchronized String bearer() {
      if (token.isEmpty() || System.nanoTime() - at > GOOD.toNanos()) {
        try {
          token = stack.token(Role.OPERATOR);
          at = System.nanoTime();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return token;
    }
  }
}
