package dev.perch.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two operators who act on one host at once, each with a process of their own. Who of them comes
 * first is left to chance; what is asserted holds either way.
 */
class CliTogetherTest {
  private static final List<String> OPERATORS = List.of("ann", "bob");
  private static final int REFUSED = 3;

  private final Perch perch = Perch.running();
  private final String site = "two-" + UUID.randomUUID().toString().substring(0, 8);
  private final String host = site + "/edge-1";

  @TempDir private Path folder = Path.of("");
  private Cli cli = new Cli(folder);

  @BeforeEach
  void aSite() {
    perch.awaitReady();
    cli = new Cli(folder, "--state-dir", perch.state().toString());
    cli.run("sites", "create", site).successfully();
  }

  @Test
  void whatTwoChangeAtOnceIsChangedByWhoeverIsToldSoAndByNobodyElse() {
    cli.run("hosts", "create", host).successfully();

    List<Told> told =
        together(who -> cli.start("hosts", "set", host, "--label", "by=" + who, "--reason", who));

    // Whoever comes after the other has ended changes it too.
    assertThat(told).extracting(Told::exit).contains(0).isSubsetOf(0, REFUSED);
    assertThat(reasons()).containsExactlyInAnyOrderElementsOf(whoWereTold(0, told));
    assertThat(told)
        .filteredOn(one -> one.exit() == REFUSED)
        .allSatisfy(one -> assertThat(one.said().err()).contains("Somebody else changed it"));
  }

  @Test
  void ofTwoWhoLockAtOnceOneDoesAndTheOtherIsToldWhatStandsInTheWay() {
    try (HostAgent agent = new HostAgent()) {
      agent.enrol(cli.run("hosts", "enrol", host, "-o", "json").json().path("token").asText());
      agent.start();
      unlock();

      List<Told> told =
          together(
              who ->
                  cli.start("hosts", "lock", host, "--reason", who, "--wait", "--timeout", "PT1M"));

      assertThat(told).extracting(Told::exit).containsExactlyInAnyOrder(0, REFUSED);
      assertThat(told)
          .filteredOn(one -> one.exit() == REFUSED)
          .allSatisfy(
              one ->
                  assertThat(one.said().err()).containsAnyOf("operation.none", "state.in-service"));
      assertThat(reasons())
          .containsAll(whoWereTold(0, told))
          .doesNotContainAnyElementsOf(whoWereTold(REFUSED, told));
      assertThat(state().path("administrative").asText()).isEqualTo("LOCKED");
    }
  }

  private void unlock() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> cli.run("facts", "list", host).out().contains("kernel"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> state().path("availability").asText().equals("AVAILABLE"));
    // The machine of a test may have no time service.
    cli.run(
            "hosts",
            "unlock",
            host,
            "--waive",
            "clock.synchronised,clock.service",
            "--wait",
            "--timeout",
            "PT1M")
        .successfully();
  }

  private JsonNode state() {
    return cli.run("hosts", "get", host, "-o", "json").json().path("state");
  }

  /** Why the host was changed, by those who said so. */
  private List<String> reasons() {
    JsonNode timeline = cli.run("hosts", "timeline", host, "-o", "json").json();
    return timeline.findValuesAsText("reason").stream().filter(OPERATORS::contains).toList();
  }

  /** What an operator was told. */
  private record Told(String who, Cli.Said said) {
    int exit() {
      return said.exit();
    }
  }

  private static List<String> whoWereTold(int exit, List<Told> told) {
    return told.stream().filter(one -> one.exit() == exit).map(Told::who).toList();
  }

  /** All commands run before the end of any is waited for. */
  private static List<Told> together(Function<String, Cli.Running> start) {
    List<Cli.Running> running = OPERATORS.stream().map(start).toList();
    return IntStream.range(0, OPERATORS.size())
        .mapToObj(i -> new Told(OPERATORS.get(i), running.get(i).end()))
        .toList();
  }
}
