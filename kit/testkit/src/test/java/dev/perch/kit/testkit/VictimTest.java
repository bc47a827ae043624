package dev.perch.kit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class VictimTest {
  private static final int FOR_EVER = Integer.MAX_VALUE;

  @RegisterExtension final Victims victims = new Victims();
  @TempDir Path folder;

  @Test
  void diesBeforeTheMethodDoesAnything() throws Exception {
    Victim victim = victims.start(counter(FOR_EVER).killedAt(Counter.class, "step", 3));

    victim.awaitHalt();

    assertThat(victim.isAlive()).isFalse();
    assertThat(lines()).containsExactly("1", "2");
  }

  @Test
  void freezesBeforeTheMethodDoesAnythingAndGoesOnWhenThawed() throws Exception {
    Victim victim = victims.start(counter(5).frozenAt(Counter.class, "step", 3));

    victim.awaitHalt();
    await()
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(lines()).containsExactly("1", "2"));
    victim.thaw();

    assertThat(victim.awaitExit()).isZero();
    assertThat(lines()).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void canBeFrozenThawedAndKilledAtAnyMoment() throws Exception {
    Victim victim = victims.start(counter(FOR_EVER));
    await().until(() -> Files.exists(file()));

    victim.freeze();
    await().until(() -> stateOf(victim).equals("T"));
    int frozenAt = lines().size();
    await().during(Duration.ofMillis(300)).until(() -> lines().size() == frozenAt);
    victim.thaw();
    await().untilAsserted(() -> assertThat(lines()).hasSizeGreaterThan(frozenAt));
    victim.kill();

    assertThat(victim.isAlive()).isFalse();
  }

  @Test
  void saysWhatTheVictimSaidWhenItEndsBeforeItsHaltPoint() {
    Victim victim = victims.start(counter(2).killedAt(Counter.class, "step", 3));

    assertThatThrownBy(victim::awaitHalt)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ended after 2 entries, before entry 3 of " + Counter.class.getName())
        .hasMessageContaining("done");
  }

  @Test
  void saysWhenThereIsNoSuchMethod() {
    Victim victim = victims.start(counter(2).killedAt(Counter.class, "leap", 1));

    assertThatThrownBy(victim::awaitHalt)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no method with code of its own: entry 1");
  }

  @Test
  void saysWhatTheVictimSaidInsteadOfWhatWasAwaited() {
    Victim victim = victims.start(counter(1));

    assertThatThrownBy(() -> victim.awaitOutput("hello"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("without saying <hello>")
        .hasMessageContaining("counting");
  }

  @Test
  void addsWhatItSaidToTheFailureOfItsTest() {
    AssertionError failure = new AssertionError("the test failed");
    victims.start(counter(1)).awaitOutput("done");

    assertThatThrownBy(() -> victims.fail(failure)).isSameAs(failure);
    assertThat(failure.getSuppressed())
        .singleElement()
        .satisfies(output -> assertThat(output).hasMessageContaining("counting"));
  }

  private VictimSettings counter(int steps) {
    return Victim.of(Counter.class, file(), steps);
  }

  private Path file() {
    return folder.resolve("steps");
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file());
  }

  private static String stateOf(Victim victim) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(victim.pid()), "stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[0];
  }
}
