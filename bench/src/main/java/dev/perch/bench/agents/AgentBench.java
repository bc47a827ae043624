package dev.perch.bench.agents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.bench.agents.Witness.Sight;
import dev.perch.bench.measure.Machine;
import dev.perch.bench.measure.Memory;
import dev.perch.bench.measure.Report;
import dev.perch.bench.stack.Inventory;
import dev.perch.bench.stack.Stack;
import dev.perch.contract.Catalogue;
import dev.perch.launcher.stack.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * The figures of the agent link, taken on a stack that runs: simulated agents in this process, each
 * with its own TLS connection. It leaves hosts behind, and kills inventory once.
 */
public final class AgentBench {
  private static final String HOSTS = Catalogue.HOSTS.log().name();
  private static final String FACETS = Catalogue.HOST_FACETS.log().name();
  private static final int PER_SITE = 100;
  private static final int SAMPLES = 200;
  private static final int LOST = 10;
  private static final int MISSED = 10;

  private final Stack stack;
  private final Report report;
  private final int count;
  private final Duration beat;
  private final boolean brief;

  /**
   * @param count of agents
   * @param brief to see that it works, not for figures
   */
  public AgentBench(Stack stack, Report report, int count, Duration beat, boolean brief) {
    this.stack = stack;
    this.report = report;
    this.count = count;
    this.beat = beat;
    this.brief = brief;
  }

  /** Takes all figures; returns whether every goal was reached. */
  public boolean run()
      throws IOException, InterruptedException, TimeoutException, ExecutionException {
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
    long pid = pid();
    double before = Processor.seconds(pid);
    long start = System.nanoTime();
    Thread.sleep(time.toMillis());
    report.lower(
        "inventory's processor, steady",
        (Processor.seconds(pid) - before) / seconds(start),
        "cores",
        1.0);
    report.lower(
        "inventory's memory, PSS", Memory.ofTrees(List.of(pid)) / 1e6, "MB", brief ? null : 600.0);
  }

  private void facts(Crowd crowd, Witness witness) throws InterruptedException, TimeoutException {
    List<SimulatedAgent> some = some(crowd, SAMPLES);
    List<Long> took = new ArrayList<>();
    for (SimulatedAgent agent : some) {
      long sent = System.currentTimeMillis();
      agent.report(sent);
      Thread.sleep(10);
    }
    for (SimulatedAgent agent : some) {
      Witness.await(
          "a changed facet",
          Duration.ofSeconds(30),
          () -> !witness.of(FACETS, agent.host() + "/memory").isEmpty());
      Sight seen = witness.of(FACETS, agent.host() + "/memory").getLast();
      took.add(seen.seenAt() - seen.value().at("/after/memory/totalBytes").asLong());
    }
    report.lower("change on a host → event p50", Percentile.of(took, 50), "ms", null);
    report.lower("change on a host → event p99", Percentile.of(took, 99), "ms", 500.0);
  }

  private void documents(Crowd crowd, Witness witness)
      throws InterruptedException, TimeoutException {
    List<Long> took = new Documents(stack.kafka()).measure(some(crowd, SAMPLES), witness);
    report.lower("document → observed event p50", Percentile.of(took, 50), "ms", null);
    report.lower("document → observed event p99", Percentile.of(took, 99), "ms", 1_000.0);
  }

  /** Killed, not stopped: nobody is told. */
  private void restart(Crowd crowd, Witness witness) throws InterruptedException, TimeoutException {
    long killed = pid();
    ProcessHandle.of(killed).orElseThrow().destroyForcibly();
    long start = System.nanoTime();
    Witness.await("all are cut off", Duration.ofSeconds(30), () -> crowd.connected() == 0);
    Witness.await("all are back", Duration.ofMinutes(3), () -> crowd.connected() == count);
    double took = seconds(start);
    double processor = Processor.seconds(pid());
    report.lower("killed → all agents are back", took, "s", 30.0);
    report.lower("processor time of the new process by then", processor, "s", 20.0);
    // As long as the window in which nobody is judged, and as a false judgement would take.
    Thread.sleep(brief ? 5_000 : 45_000);
    report.lower(
        "hosts that were called offline",
        witness.count(HOSTS, change -> isNow(change, "OFFLINE") || isNow(change, "UNKNOWN")),
        "hosts",
        0.0);
  }

  private void losses(Crowd crowd, Witness witness) throws InterruptedException, TimeoutException {
    List<Long> took = new ArrayList<>();
    List<SimulatedAgent> some = some(crowd, LOST);
    some.forEach(SimulatedAgent::fallSilent);
    for (SimulatedAgent agent : some) {
      Witness.await(
          "a lost host",
          Duration.ofSeconds(30).plus(beat.multipliedBy(MISSED)),
          () -> offline(witness, agent).isPresent());
      took.add(offline(witness, agent).orElseThrow().seenAt() - agent.lastBeat());
    }
    report.lower(
        "last beat of a host → event that it is offline",
        Percentile.of(took, 100) / 1e3,
        "s",
        beat.toMillis() * MISSED / 1e3 + (beat.toMillis() < 1_000 ? 0.2 : 1.0));
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

  private long pid() {
    return stack.part("inventory").alive().orElseThrow().pid();
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
