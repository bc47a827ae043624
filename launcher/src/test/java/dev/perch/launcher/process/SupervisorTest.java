package dev.perch.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.embedded.Ports;
import dev.perch.kit.embedded.Signal;
import dev.perch.launcher.process.StackState.Condition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  private static final BackOff QUICK =
      new BackOff(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMinutes(1));

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final List<Supervisor> started = new ArrayList<>();

  @AfterEach
  void stopAll() throws InterruptedException {
    for (Supervisor supervisor : started) {
      supervisor.kill();
    }
  }

  @Test
  void startsWhatIsNeededFirstAndStopsItLast() throws Exception {
    Supervisor supervisor =
        supervisor(
            Answering.part(folder, "roof", Ports.free(), "walls"),
            Answering.part(folder, "walls", Ports.free(), "paint"),
            new Task("paint", Set.of("ground"), () -> "blue"),
            Answering.part(folder, "ground", Ports.free()));

    supervisor.start();
    supervisor.stop();

    assertThat(folder.resolve("journal"))
        .hasContent("start ground\nstart walls\nstart roof\nstop roof\nstop walls\nstop ground");
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("paint", "blue");
  }

  @Test
  void startsAPartThatDiedAgainAndSaysSo() throws Exception {
    Supervisor supervisor = supervisor(Answering.part(folder, "mortal", Ports.free()));
    supervisor.start();
    ProcessId first = process(supervisor, "mortal");

    assertThat(Signal.KILL.send(first.pid())).isTrue();

    await()
        .untilAsserted(
            () -> {
              StackState.PartState part = supervisor.state().part("mortal").orElseThrow();
              assertThat(part.condition()).isEqualTo(Condition.READY);
              assertThat(part.restarts()).isEqualTo(1);
              assertThat(part.process()).isNotEqualTo(first);
            });
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("killed by signal 9");
  }

  @Test
  void runsAPlanInTheBackgroundAtTheLowestPriorityAndStopsItAllTheSame() throws Exception {
    Plan plan = new Plan(List.of(Answering.part(folder, "patient", Ports.free()))).inBackground();
    Supervisor supervisor = supervisor(plan.steps().toArray(Step[]::new));
    supervisor.start();

    String stat =
        Files.readString(Path.of("/proc", "" + process(supervisor, "patient").pid(), "stat"));
    supervisor.stop();

    // Its nice value is the nineteenth field (proc_pid_stat(5)); the second, in brackets, may have
    // spaces.
    assertThat(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]).isEqualTo("19");
    assertThat(folder.resolve("journal")).hasContent("start patient\nstop patient");
  }

  @Test
  void givesUpOnAPartThatNeverGetsReadyAndShowsItsLog() {
    Supervisor supervisor =
        supervisor(command("broken", folder, List.of("sh", "-c", "echo my keys are gone; exit 7")));

    assertThatThrownBy(supervisor::start)
        .isInstanceOf(StartFailed.class)
        .hasMessageContainingAll("broken", "died 3 times", "exit status 7", "my keys are gone");
  }

  @Test
  void givesUpOnAPartThatCannotEvenBeStarted() {
    Supervisor supervisor =
        supervisor(command("missing", folder.resolve("nowhere"), List.of("true")));

    assertThatThrownBy(supervisor::start)
        .isInstanceOf(StartFailed.class)
        .hasMessageContainingAll("missing", "cannot be started", "nowhere");
  }

  @Test
  void reportsATaskThatFailedAndStartsNothingThatNeedsIt() {
    Supervisor supervisor =
        supervisor(
            new Task(
                "licence",
                Set.of(),
                () -> {
                  throw new IOException("expired");
                }),
            Answering.part(folder, "house", Ports.free(), "licence"));

    assertThatThrownBy(supervisor::start).hasMessageContainingAll("licence", "expired");
    assertThat(folder.resolve("journal")).doesNotExist();
  }

  @Test
  void killsAPartThatDoesNotStopInTime() throws Exception {
    Supervisor supervisor =
        supervisor(
            Answering.part(
                folder,
                "stubborn",
                Ports.free(),
                List.of("sh", "-c", "trap '' TERM; exec \"$0\" \"$@\"")));
    supervisor.start();
    ProcessId process = process(supervisor, "stubborn");

    supervisor.stop();

    assertThat(process.isAlive()).isFalse();
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("killed after");
  }

  @Test
  void namesWhoListensOnAPortItNeeds() throws Exception {
    try (ServerSocket stranger =
        new ServerSocket(Ports.free(), 1, InetAddress.getLoopbackAddress())) {
      Supervisor supervisor = supervisor(Answering.part(folder, "shop", stranger.getLocalPort()));

      assertThatThrownBy(supervisor::start)
          .isInstanceOf(StartFailed.class)
          .hasMessageContainingAll(
              "port " + stranger.getLocalPort() + " of shop",
              "process " + ProcessHandle.current().pid(),
              "--port-base");
    }
  }

  @Test
  void adoptsThePartsOfALauncherThatWasKilled() throws Exception {
    int port = Ports.free();
    ProcessId orphan = orphan(port);
    Supervisor successor = supervisor(Answering.part(folder, "orphan", port));

    successor.start();

    assertThat(process(successor, "orphan")).isEqualTo(orphan);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("adopted");
    successor.stop();
    assertThat(orphan.isAlive()).isFalse();
  }

  @Test
  void restartsAnAdoptedPartThatDies() throws Exception {
    int port = Ports.free();
    ProcessId orphan = orphan(port);
    Supervisor successor = supervisor(Answering.part(folder, "orphan", port));
    successor.start();

    assertThat(Signal.KILL.send(orphan.pid())).isTrue();

    await()
        .untilAsserted(
            () -> assertThat(successor.state().part("orphan").orElseThrow().restarts()).isOne());
    await().untilAsserted(() -> assertThat(process(successor, "orphan")).isNotEqualTo(orphan));
  }

  @Test
  void replacesALeftOverPartWhoseConfigurationDiffers() throws Exception {
    ProcessId orphan = orphan(Ports.free());
    Supervisor successor = supervisor(Answering.part(folder, "orphan", Ports.free()));

    successor.start();

    assertThat(orphan.isAlive()).isFalse();
    assertThat(process(successor, "orphan").isAlive()).isTrue();
  }

  @Test
  void leavesAStrangerAloneThatHasThePidOfALeftOverPart() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try {
      ProcessId id = ProcessId.of(stranger.pid()).orElseThrow();
      ProcessId recycled = new ProcessId(id.pid(), id.startTicks() - 1);
      StateFile file = new StateFile(folder);
      file.write(
          new StackState(
              recycled,
              Instant.EPOCH,
              StackState.Phase.READY,
              List.of(
                  new StackState.PartState(
                      "ghost",
                      Part.Kind.SERVICE,
                      Condition.READY,
                      recycled,
                      "",
                      "",
                      new Probe.Kafka(1),
                      Part.Stop.TERMINATE,
                      0,
                      folder.resolve("ghost.log"),
                      null))));

      Leftovers.of(file).stop(console());

      assertThat(file.readRunning()).isEmpty();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void letsOneLauncherAtATimeHaveAStateFolder() throws Exception {
    Process other = TestLauncher.start(folder, Ports.free());
    try {
      awaitRunning();

      assertThat(new StateFile(folder).claim()).isEmpty();
      assertThat(folder.resolve("lock")).content().startsWith(other.pid() + " ");
    } finally {
      other.destroyForcibly().waitFor();
      Leftovers.of(new StateFile(folder)).stop(console());
    }
    assertThat(new StateFile(folder).claim()).isPresent();
  }

  /** A part whose launcher is dead. */
  private ProcessId orphan(int port) throws Exception {
    Process launcher = TestLauncher.start(folder, port);
    ProcessId orphan = awaitRunning();
    launcher.destroyForcibly().waitFor();
    assertThat(orphan.isAlive()).isTrue();
    return orphan;
  }

  private ProcessId awaitRunning() {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                new StateFile(folder)
                    .read()
                    .filter(state -> state.phase() == StackState.Phase.READY)
                    .flatMap(state -> state.parts().getFirst().alive()),
            Optional::isPresent)
        .orElseThrow();
  }

  private Part command(String name, Path where, List<String> command) {
    return new Part(
        name,
        Part.Kind.SERVICE,
        Set.of(),
        new Part.Start(command, Map.of(), where, folder.resolve(name + ".log"), ""),
        new Part.Serves("nowhere", List.of(), new Probe.Kafka(Ports.free())),
        Part.Stop.TERMINATE,
        Optional.empty());
  }

  private Supervisor supervisor(Step... steps) {
    Supervisor supervisor =
        new Supervisor(
            new Plan(List.of(steps)),
            new StateFile(folder),
            console(),
            Duration.ofSeconds(30),
            QUICK);
    started.add(supervisor);
    return supervisor;
  }

  private Console console() {
    return new Console(new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  private static ProcessId process(Supervisor supervisor, String part) {
    return supervisor.state().part(part).orElseThrow().alive().orElseThrow();
  }
}
