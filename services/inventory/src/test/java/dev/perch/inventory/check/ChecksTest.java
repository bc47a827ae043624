package dev.perch.inventory.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.contract.facts.Facet;
import dev.perch.contract.facts.Facts;
import dev.perch.contract.facts.HostFacet;
import dev.perch.contract.facts.MemoryFacts.Hugepages;
import dev.perch.contract.facts.NumaFacts;
import dev.perch.contract.inventory.Host;
import dev.perch.contract.inventory.Host.Administrative;
import dev.perch.contract.inventory.Host.Availability;
import dev.perch.contract.inventory.Host.Lifecycle;
import dev.perch.contract.inventory.Host.Operational;
import dev.perch.inventory.check.Subject.Agent;
import dev.perch.inventory.check.Subject.Document;
import dev.perch.inventory.check.Subject.Session;
import dev.perch.inventory.check.Subject.Site;
import dev.perch.inventory.check.Subject.Unfinished;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A host with nothing wrong, and one that has one thing wrong for each check before an unlock. */
class ChecksTest {
  private static final Instant NOW = Instant.parse("2026-11-01T08:30:00Z");
  private static final UUID ID = new UUID(1, 1);
  private static final Host.State READY =
      new Host.State(
          Administrative.LOCKED, Operational.ENABLED, Availability.AVAILABLE, Lifecycle.DISCOVERED);
  private static final Session HEARD =
      new Session("PRESENT", "192.0.2.7:4711", 1000, null, null, null);

  private Host.State state = READY;
  private @Nullable Instant unreachableSince;
  private @Nullable Session session = HEARD;
  private @Nullable Agent agent = new Agent(false);
  private final Map<String, HostFacet> facets = new HashMap<>();
  private @Nullable Instant confirmed = NOW.minus(Duration.ofMinutes(10));
  private List<Document> documents = List.of(new Document("tsn", 4, 4L, "TRUE"));
  private List<Unfinished> operations = List.of();

  ChecksTest() {
    GoodMachine.facts().forEach(this::says);
  }

  private void says(Facts facts) {
    facets.put(facts.facet().word(), HostFacet.of(ID, facts.report(), 1, NOW));
  }

  private Subject subject() {
    Host host =
        new Host(ID, ID, "h-1", Host.Personality.WORKER, Map.of(), null, state, 1, NOW, NOW);
    return new Subject(
        host,
        new Site(unreachableSince),
        session,
        agent,
        facets,
        confirmed,
        documents,
        operations,
        NOW);
  }

  private Set<String> failing(List<Check> checks) {
    Subject subject = subject();
    return checks.stream()
        .filter(check -> !check.on(subject).ok())
        .map(Check::name)
        .collect(Collectors.toSet());
  }

  @Test
  void aGoodHostMayBeUnlocked() {
    assertThat(failing(Checks.UNLOCK)).isEmpty();
  }

  /** What is wrong, by the names of the checks that must find it. */
  private static Map<String, Fault> faults() {
    Map<String, Fault> faults = new LinkedHashMap<>();
    faults.put("state.locked", t -> t.state = state(Administrative.UNLOCKED, Lifecycle.IN_SERVICE));
    faults.put("state.discovered", t -> t.state = state(Administrative.LOCKED, Lifecycle.PLANNED));
    faults.put(
        "operation.none", t -> t.operations = List.of(new Unfinished(ID, "host.lock", "RUNNING")));
    faults.put("agent.enrolled", t -> t.agent = null);
    faults.put(
        "agent.online",
        t -> t.session = new Session("OFFLINE", "192.0.2.7:4711", 1000, NOW, null, null));
    faults.put("agent.supported", t -> t.agent = new Agent(true));
    faults.put(
        "agent.alone",
        t -> t.session = new Session("PRESENT", "192.0.2.7:4711", 1000, null, null, NOW));
    faults.put("site.reachable", t -> t.unreachableSince = NOW);
    faults.put("facts.complete", t -> t.facets.remove(Facet.KERNEL.word()));
    faults.put("facts.fresh", t -> t.confirmed = NOW.minus(Duration.ofMinutes(31)));
    faults.put("clock.synchronised", t -> t.says(GoodMachine.time(false, "chronyd")));
    faults.put("clock.service", t -> t.says(GoodMachine.time(true)));
    faults.put(
        "memory.hugepages-fit", t -> t.says(GoodMachine.memory(new Hugepages(1L << 30, 32))));
    faults.put(
        "memory.one-hugepage-size",
        t -> t.says(GoodMachine.memory(new Hugepages(1 << 21, 1), new Hugepages(1L << 30, 1))));
    faults.put(
        "memory.hugepages-fit-nodes",
        t ->
            t.says(
                new NumaFacts(
                    List.of(
                        new NumaFacts.Node(
                            1, "", 1L << 30, List.of(new Hugepages(1L << 30, 1)), List.of(10))),
                    Map.of())));
    faults.put(
        "network.interface-up",
        t -> t.says(GoodMachine.network(GoodMachine.card("eth0", "DOWN", null))));
    faults.put(
        "network.bonds-carry",
        t ->
            t.says(
                GoodMachine.network(
                    GoodMachine.bond("bond0"), GoodMachine.card("eth0", "DOWN", "bond0"))));
    faults.put(
        "network.vlans-fit",
        t ->
            t.says(
                GoodMachine.network(
                    GoodMachine.card("eth0", "UP", null), GoodMachine.vlan("eth0", 9000))));
    faults.put("disks.present", t -> t.says(GoodMachine.disks(true)));
    faults.put("documents.reached", t -> t.documents = List.of(new Document("tsn", 5, 4L, "TRUE")));
    faults.put(
        "documents.applied", t -> t.documents = List.of(new Document("tsn", 4, 4L, "FALSE")));
    return faults;
  }

  /** Something that is wrong. */
  @FunctionalInterface
  private interface Fault {
    void in(ChecksTest test);
  }

  private static Host.State state(Administrative administrative, Lifecycle lifecycle) {
    return new Host.State(administrative, Operational.ENABLED, Availability.AVAILABLE, lifecycle);
  }

  static Set<String> names() {
    return faults().keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachCheckFindsItsFaultAndNoOtherDoes(String name) {
    Objects.requireNonNull(faults().get(name)).in(this);

    assertThat(failing(Checks.UNLOCK)).containsExactly(name);
  }

  @Test
  void everyCheckBeforeAnUnlockIsTriedHere() {
    assertThat(names())
        .isEqualTo(Checks.UNLOCK.stream().map(Check::name).collect(Collectors.toSet()));
  }

  @Test
  void allFaultsAreFoundAtOnce() {
    Set<String> possible = new HashSet<>(names());
    faults().forEach((name, fault) -> fault.in(this));
    // Of two faults of one fact the later one has the word.
    possible.removeAll(
        Set.of(
            "clock.synchronised",
            "memory.hugepages-fit",
            "network.interface-up",
            "network.bonds-carry",
            "documents.reached",
            "state.locked",
            "agent.enrolled",
            "agent.online"));

    assertThat(failing(Checks.UNLOCK)).containsAll(possible);
  }

  @Test
  void namesAreUniqueAndEveryCheckHasARemedy() {
    assertThat(Checks.ALL.stream().map(Check::name)).doesNotHaveDuplicates();
    assertThat(Checks.ALL).allSatisfy(check -> assertThat(check.remedy()).endsWith("."));
  }

  @Test
  void whatTheActionStandsOnCannotBeWaived() {
    assertThat(Checks.UNLOCK.stream().filter(check -> !check.isWaivable()).map(Check::name))
        .containsExactly(
            "state.locked",
            "state.discovered",
            "operation.none",
            "agent.enrolled",
            "agent.online",
            "agent.supported",
            "agent.alone",
            "site.reachable");
  }
}
