package dev.perch.bench.soak.life;

import dev.perch.bench.agents.SimulatedAgent;
import dev.perch.bench.stack.Inventory;
import dev.perch.bench.stack.Inventory.Tagged;
import dev.perch.contract.facts.Facts;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A day of hosts, agents and operators, in a minute. Every day has the same number of everything,
 * so that what two days leave behind can be compared.
 *
 * <p>Each host: its facts are confirmed every ten minutes; eight facets change, and two labels. Of
 * twenty, one loses its time server for most of it. Of ten, one is unlocked in the morning and
 * locked at night, and one loses its connection for a moment. Of a hundred, one more comes and
 * goes.
 */
final class Day {
  /** A confirmation each ten minutes. */
  private static final int TICKS = 144;

  private static final int BETWEEN_CHANGES = 18;
  private static final int BETWEEN_LABELS = 72;

  /** More than half a minute of ours between them: so often the service looks at clocks. */
  private static final int CLOCK_LOST = 20;

  private static final int CLOCK_FOUND = 120;
  private static final Duration TICK = Duration.ofMillis(400);
  private static final Set<String> UNDER_WAY =
      Set.of("PENDING", "RUNNING", "CANCELLING", "COMPENSATING");

  /** Reports an agent may have on the way before everybody waits for it. */
  private static final int ON_THE_WAY = 32;

  private final Inventory inventory;
  private final List<SimulatedAgent> agents;
  private final UUID site;
  private final int number;
  private final Map<UUID, UUID> unlocks = new HashMap<>();

  /**
   * @param site where hosts come and go
   * @param number of the day, from 1
   */
  Day(Inventory inventory, List<SimulatedAgent> agents, UUID site, int number) {
    this.inventory = inventory;
    this.agents = agents;
    this.site = site;
    this.number = number;
  }

  /** How many facets and labels changed. */
  long run() throws IOException, InterruptedException {
    long changes = 0;
    for (int tick = 0; tick < TICKS; tick++) {
      long begin = System.nanoTime();
      for (int n = 0; n < agents.size(); n++) {
        changes += tick(tick, n, agents.get(n));
      }
      comeAndGo(tick);
      while (agents.stream().anyMatch(agent -> agent.unacknowledged() > ON_THE_WAY)) {
        Thread.sleep(10);
      }
      long left = TICK.toNanos() - (System.nanoTime() - begin);
      if (left > 0) {
        Thread.sleep(Duration.ofNanos(left));
      }
    }
    return changes;
  }

  private int tick(int tick, int n, SimulatedAgent agent) throws IOException, InterruptedException {
    int changes = 0;
    if ((tick + n) % BETWEEN_CHANGES == 0) {
      agent.report(List.of(another(tick / BETWEEN_CHANGES, n).report()));
      changes++;
    }
    if (n % 20 == 0 && (tick == CLOCK_LOST || tick == CLOCK_FOUND)) {
      agent.report(List.of(Hardware.clock(tick == CLOCK_FOUND).report()));
      changes++;
    }
    if ((tick + n) % BETWEEN_LABELS == 0) {
      Tagged host = inventory.read(agent.host());
      inventory.patchLabels(host, Map.of("rack", "r" + n % 40, "seen", "d" + number + "-" + tick));
      changes++;
    }
    if (n % 10 == 1 && tick == 70) {
      agent.cut();
    }
    if (n % 10 == 2 && tick == 20) {
      unlocks.put(agent.host(), inventory.act(agent.host(), "unlock"));
    }
    if (n % 10 == 2 && tick == TICKS - 20 && isUnlocked(agent.host())) {
      inventory.act(agent.host(), "lock");
    }
    agent.confirm();
    return changes;
  }

  /** On a machine with too much to do an agent may have been thought lost: then it is not. */
  private boolean isUnlocked(UUID host) throws IOException, InterruptedException {
    String state;
    do {
      Thread.sleep(50);
      state = inventory.get("/v1/operations/" + unlocks.get(host)).path("state").asText();
    } while (UNDER_WAY.contains(state));
    return state.equals("SUCCEEDED");
  }

  private Facts another(int time, int n) {
    int unique = number * TICKS + time;
    return switch (time % 3) {
      case 0 -> new Hardware(n).network(unique);
      case 1 -> Hardware.kernel(unique);
      default -> Hardware.memory(unique);
    };
  }

  private void comeAndGo(int tick) throws IOException, InterruptedException {
    int guests = agents.size() / 100;
    if (tick < guests) {
      String name = "guest-" + number + "-" + tick;
      inventory.delete(inventory.createHost(site, name, Map.of(), UUID.randomUUID().toString()));
    }
  }
}
