package dev.perch.bench.soak;

import dev.perch.bench.measure.Machine;
import dev.perch.bench.stack.Inventory;
import dev.perch.bench.stack.Stack;
import dev.perch.bench.stack.Token;
import dev.perch.contract.inventory.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Kills service, broker and database under load, again and again; then compares what the clients
 * were told, what the database holds, what REST shows and what the topics say.
 */
public final class SpineSoak {
  private static final int CLIENTS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Longer than any request without an answer can still be at work. */
  private static final Duration QUIET = Duration.ofSeconds(20);

  private final Stack stack;
  private final int kills;
  private final Findings findings = new Findings();
  private final AtomicBoolean stop = new AtomicBoolean();

  public SpineSoak(Stack stack, int kills) {
    this.stack = stack;
    this.kills = kills;
  }

  /** Returns whether nothing was lost, reordered or invented. */
  public boolean run() throws IOException, InterruptedException, SQLException, TimeoutException {
    Machine.describe().forEach(System.out::println);
    Token token = new Token(stack);
    Path file = Files.createTempFile("perch-soak", ".log");
    try (Topics topics = new Topics(stack.kafka());
        Inventory impatient = new Inventory(stack.url("inventory"), token, SpineSoak::patience);
        Inventory inventory = new Inventory(stack.url("inventory"), token);
        Acknowledged acknowledged = new Acknowledged(file)) {
      UUID site = inventory.createSite("soak-" + Long.toString(System.currentTimeMillis(), 36));
      System.out.println("site " + site + ", answers in " + file);
      List<Client> clients =
          IntStream.range(0, CLIENTS)
              .mapToObj(i -> new Client(impatient, site, "c" + i, acknowledged, findings, stop))
              .toList();
      killUnderLoad(clients, acknowledged);
      Thread.sleep(QUIET);
      for (Client client : clients) {
        client.lookAgain();
      }
      verify(topics, inventory, site, acknowledged);
    }
    System.out.println();
    findings.print(System.out::println);
    System.out.println(findings.isEmpty() ? "nothing was lost" : "FAILED");
    return findings.isEmpty();
  }

  /** One request in twenty is given up while the service is at work on it. */
  private static Duration patience() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return random.nextInt(20) == 0
        ? Duration.ofMillis(1 + random.nextInt(30))
        : Duration.ofSeconds(5);
  }

  private void killUnderLoad(List<Client> clients, Acknowledged acknowledged)
      throws InterruptedException, TimeoutException {
    List<Thread> threads = new ArrayList<>();
    clients.forEach(client -> threads.add(Thread.ofVirtual().start(client)));
    try {
      Killer killer = new Killer(stack, acknowledged::count);
      for (int i = 0; i < kills; i++) {
        Killer.Kill kill = killer.next(i);
        System.out.printf(
            "kill %d/%d  %-12s back after %5.1f s, %,d answers%n",
            i + 1, kills, kill.victim(), kill.back().toMillis() / 1e3, acknowledged.count());
      }
    } finally {
      stop.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private void verify(Topics topics, Inventory inventory, UUID site, Acknowledged acknowledged)
      throws IOException, InterruptedException, SQLException {
    Map<UUID, Committed> committed;
    Map<UUID, Long> rows;
    try (Connection database = stack.database("inventory")) {
      committed = Committed.read(database, site, findings);
      rows = Committed.rows(database, site);
    }
    Map<UUID, Host> rest = new HashMap<>();
    inventory.hosts(site, host -> rest.put(host.id(), host));
    compareWithAnswers(acknowledged, committed, rest);
    compareWithRows(committed, rows, rest);

    LogTrail log = new LogTrail(findings);
    StateTrail state = new StateTrail();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    do {
      topics.read(site, log, state);
      Thread.sleep(500);
    } while (System.nanoTime() < deadline
        && !(log.isComplete(committed) && state.isComplete(committed)));
    log.compare(committed);
    state.compare(committed, rest, findings);
    System.out.printf(
        "%,d hosts, %,d versions, %,d answers, %,d events came again%n",
        committed.size(),
        committed.values().stream().mapToLong(Committed::versions).sum(),
        acknowledged.count(),
        log.again());
  }

  private void compareWithAnswers(
      Acknowledged acknowledged, Map<UUID, Committed> committed, Map<UUID, Host> rest) {
    String check = "what a client was told is committed";
    findings.checked(check);
    acknowledged
        .newest()
        .forEach(
            (id, fact) -> {
              Committed truth = committed.get(id);
              boolean holds =
                  truth != null
                      && switch (fact) {
                        case Acknowledged.Is is ->
                            !truth.deleted() && is.host().equals(rest.get(id));
                        case Acknowledged.Gone gone ->
                            truth.deleted() && truth.versions() >= gone.version();
                      };
              if (!holds) {
                findings.add(check, "%s: told %s, committed %s".formatted(id, fact, truth));
              }
            });
    String asked = "what is committed, a client asked for once";
    findings.checked(asked);
    committed.keySet().stream()
        .filter(id -> !acknowledged.newest().containsKey(id))
        .forEach(id -> findings.add(asked, id + " is nobody's"));
  }

  private void compareWithRows(
      Map<UUID, Committed> committed, Map<UUID, Long> rows, Map<UUID, Host> rest) {
    String check = "table, timeline and REST agree";
    findings.checked(check);
    Map<UUID, Long> timeline = new HashMap<>();
    committed.forEach(
        (id, truth) -> {
          if (!truth.deleted()) {
            timeline.put(id, truth.versions());
          }
        });
    Map<UUID, Long> shown = new HashMap<>();
    rest.forEach((id, host) -> shown.put(id, host.version()));
    if (!timeline.equals(rows) || !rows.equals(shown)) {
      findings.add(
          check,
          "timeline %d, table %d, REST %d hosts"
              .formatted(timeline.size(), rows.size(), shown.size()));
    }
  }
}
