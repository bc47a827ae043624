package dev.perch.inventory.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.perch.contract.inventory.Host;
import dev.perch.contract.inventory.Host.Administrative;
import dev.perch.contract.inventory.Host.Availability;
import dev.perch.contract.inventory.Host.Lifecycle;
import dev.perch.contract.inventory.Host.Operational;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All states there could be, and all that leads from each. */
class LifeTest {
  /** The pairs that exist. */
  private static final Map<Administrative, Set<Lifecycle>> POSSIBLE =
      new EnumMap<>(
          Map.of(
              Administrative.LOCKED,
              Set.of(Lifecycle.PLANNED, Lifecycle.DISCOVERED, Lifecycle.MAINTENANCE),
              Administrative.UNLOCKED,
              Set.of(Lifecycle.DISCOVERED, Lifecycle.MAINTENANCE, Lifecycle.IN_SERVICE),
              Administrative.SHUTTING_DOWN,
              Set.of(Lifecycle.IN_SERVICE)));

  static List<Host.State> all() {
    List<Host.State> all = new ArrayList<>();
    for (Administrative administrative : Administrative.values()) {
      for (Lifecycle lifecycle : Lifecycle.values()) {
        for (Operational operational : Operational.values()) {
          for (Availability availability : Availability.values()) {
            all.add(new Host.State(administrative, operational, availability, lifecycle));
          }
        }
      }
    }
    return all;
  }

  static List<Host.State> possible() {
    return all().stream().filter(LifeTest::isPossible).toList();
  }

  private static boolean isPossible(Host.State state) {
    return POSSIBLE.getOrDefault(state.administrative(), Set.of()).contains(state.lifecycle());
  }

  @ParameterizedTest
  @MethodSource("all")
  void aStateIsALifeAndBackOrNoneLeadsToIt(Host.State state) {
    if (isPossible(state)) {
      assertThat(Life.of(state).state()).isEqualTo(state);
    } else {
      assertThatIllegalArgumentException().isThrownBy(() -> Life.of(state));
    }
  }

  @ParameterizedTest
  @MethodSource("possible")
  void whatIsSeenChangesNothingElse(Host.State state) {
    Host.State after = Life.of(state).seen(Operational.ENABLED, Availability.DEGRADED).state();

    assertThat(after)
        .isEqualTo(
            new Host.State(
                state.administrative(),
                Operational.ENABLED,
                Availability.DEGRADED,
                state.lifecycle()));
  }

  @ParameterizedTest
  @MethodSource("possible")
  void onlyWhatWasPlannedIsDiscoveredByHearingIt(Host.State state) {
    Life heard = Life.of(state).heard();

    assertThat(heard.lifecycle())
        .isEqualTo(
            state.lifecycle() == Lifecycle.PLANNED ? Lifecycle.DISCOVERED : state.lifecycle());
    assertThat(heard.administrative()).isEqualTo(state.administrative());
  }

  /** The compiler sees to what cannot be; this, to where what can be leads. */
  @ParameterizedTest
  @MethodSource("possible")
  void everyTransitionLeadsToAStateThatExistsAndKeepsWhatIsSeen(Host.State state) {
    switch (Life.of(state)) {
      case Life.Planned planned -> becomes(planned.replaced(), "LOCKED", "PLANNED");
      case Life.Discovered discovered -> {
        becomes(discovered.replaced(), "LOCKED", "PLANNED");
        becomes(discovered.unlock(), "UNLOCKED", "DISCOVERED", discovered);
        becomes(discovered.unlock().abandoned(), "LOCKED", "DISCOVERED", discovered);
        becomes(discovered.unlock().proven(), "UNLOCKED", "IN_SERVICE", discovered);
      }
      case Life.Maintenance maintenance -> {
        becomes(maintenance.replaced(), "LOCKED", "PLANNED");
        becomes(maintenance.unlock(), "UNLOCKED", "MAINTENANCE", maintenance);
        becomes(maintenance.unlock().abandoned(), "LOCKED", "MAINTENANCE", maintenance);
        becomes(maintenance.restored(), "UNLOCKED", "IN_SERVICE", maintenance);
      }
      case Life.Entering entering -> {
        becomes(entering.proven(), "UNLOCKED", "IN_SERVICE", entering);
        becomes(entering.abandoned(), "LOCKED", entering.lifecycle().name(), entering);
        becomes(entering.forced(), "LOCKED", entering.lifecycle().name(), entering);
      }
      case Life.InService inService -> {
        becomes(inService.shutDown(), "SHUTTING_DOWN", "IN_SERVICE", inService);
        becomes(inService.forced(), "LOCKED", "MAINTENANCE", inService);
      }
      case Life.ShuttingDown shuttingDown -> {
        becomes(shuttingDown.settled(), "LOCKED", "MAINTENANCE", shuttingDown);
        becomes(shuttingDown.resumed(), "UNLOCKED", "IN_SERVICE", shuttingDown);
        becomes(shuttingDown.forced(), "LOCKED", "MAINTENANCE", shuttingDown);
      }
    }
  }

  private static void becomes(Life life, String administrative, String lifecycle) {
    assertThat(life.administrative()).isEqualTo(Administrative.valueOf(administrative));
    assertThat(life.lifecycle()).isEqualTo(Lifecycle.valueOf(lifecycle));
    assertThat(Life.of(life.state())).isEqualTo(life);
  }

  private static void becomes(Life life, String administrative, String lifecycle, Life before) {
    becomes(life, administrative, lifecycle);
    assertThat(life.seen()).isEqualTo(before.seen());
  }
}
