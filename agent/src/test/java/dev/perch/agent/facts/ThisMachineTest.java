package dev.perch.agent.facts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.agent.kernel.KernelClock;
import dev.perch.agent.machine.InstalledTools;
import dev.perch.agent.machine.Machine;
import dev.perch.agent.machine.Tools;
import dev.perch.agent.machine.Unavailable;
import dev.perch.agent.probe.KvmProbe;
import dev.perch.agent.probe.QdiscProbe;
import dev.perch.agent.state.StateFolder;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.facts.Facts;
import dev.perch.contract.facts.KernelFacts.Qdisc;
import dev.perch.contract.facts.NetworkFacts;
import dev.perch.contract.facts.NetworkFacts.Interface;
import dev.perch.contract.link.FacetDigest;
import dev.perch.contract.link.FacetReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The collectors, the kernel and its tools as they are here. Needs root, as the agent does. */
class ThisMachineTest {
  private static final String NAME = "prt" + ProcessHandle.current().pid() % 100_000;

  @TempDir Path temp;
  private final Tools tools = new InstalledTools(Duration.ofSeconds(20));
  private final Machine machine = new Machine(Path.of("/"), tools);
  private final Collectors collectors =
      new Collectors(
          machine,
          new QdiscProbe(tools),
          new KvmProbe(Path.of("/nowhere"), () -> ""),
          KernelClock::isSynchronised,
          Pattern.compile("veth.*"));

  @AfterEach
  void takeTheInterfaceAway() {
    try {
      var _ = tools.run(List.of("ip", "link", "del", NAME));
    } catch (Unavailable e) {
      // The test made none.
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFacetCanBeReadBackAndIsTheSameTwice(Facet facet) {
    FacetReport first = collectors.collect(facet);
    FacetReport second = collectors.collect(facet);

    if (first.data() != null) {
      assertThat(Facts.read(facet, first.data()).report()).isEqualTo(first);
    } else {
      assertThat(first.unavailable()).isNotBlank().doesNotContain("the collector failed");
    }
    // Memory may be plugged at any time, and others use this machine.
    if (facet != Facet.MEMORY && facet != Facet.NUMA && facet != Facet.NETWORK) {
      assertThat(FacetDigest.of(second)).isEqualTo(FacetDigest.of(first));
    }
  }

  @Test
  void queueingDisciplinesAreTried() throws Unavailable {
    List<Qdisc> tried = new QdiscProbe(tools).results();

    assertThat(tried).extracting(Qdisc::name).containsExactly("cbs", "etf", "mqprio", "taprio");
    assertThat(tried).allSatisfy(q -> assertThat(q.works()).isEqualTo(q.reason() == null));
  }

  @Test
  void anInterfaceThatComesUpAndGoesDownIsNoticedAtOnce() throws Exception {
    FactBook book = new FactBook(collectors, StateFolder.at(temp.resolve("facts")));
    BlockingQueue<Facet> changes = new LinkedBlockingQueue<>();
    book.onChange(changes::add);
    FactWatch watch = new FactWatch(book, new SplittableRandom(1));
    KernelEvents.listen(watch::touch);
    Thread looking = Thread.ofVirtual().start(watch);
    try {
      await().atMost(Duration.ofSeconds(20)).until(() -> book.report(Facet.TIME).isPresent());
      run("ip link add " + NAME + " type veth peer name " + NAME + "p");
      awaitState(book, "DOWN");
      changes.clear();

      run("ip link set " + NAME + " up");
      awaitState(book, "LOWERLAYERDOWN");
      run("ip link set " + NAME + "p up");
      awaitState(book, "UP");
      run("ip link set " + NAME + " down");
      awaitState(book, "DOWN");

      assertThat(changes.poll(1, TimeUnit.SECONDS)).isEqualTo(Facet.NETWORK);
    } finally {
      looking.interrupt();
      looking.join();
    }
  }

  @Test
  void aMessageAboutADeviceNamesItsFacets() {
    byte[] message =
        "add@/devices/x\0ACTION=add\0SUBSYSTEM=block\0SEQNUM=7\0".getBytes(StandardCharsets.UTF_8);

    assertThat(KernelEvents.about(message)).containsExactly(Facet.DISKS);
    assertThat(KernelEvents.about(new byte[] {1, 2, 3})).isEmpty();
  }

  /** Well within the five minutes after which it would be looked at anyway. */
  private static void awaitState(FactBook book, String state) {
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(state(book)).contains(state));
  }

  private static Optional<String> state(FactBook book) {
    FacetReport report = book.report(Facet.NETWORK).orElseThrow();
    NetworkFacts network = (NetworkFacts) Facts.read(Facet.NETWORK, requireNonNull(report.data()));
    return network.interfaces().stream()
        .filter(found -> found.name().equals(NAME))
        .map(Interface::state)
        .findFirst();
  }

  private void run(String command) throws Unavailable {
    var _ = tools.run(List.of(command.split(" ")));
  }
}
