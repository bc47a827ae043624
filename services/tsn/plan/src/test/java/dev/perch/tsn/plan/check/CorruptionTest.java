package dev.perch.tsn.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.tsn.plan.check.Corruption.Finder;
import dev.perch.tsn.plan.model.DeviceProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of damage is seen, by the checkers that can see it. */
class CorruptionTest {
  @ParameterizedTest
  @EnumSource
  void isSeen(Corruption corruption) {
    Corruption.Case damaged = corruption.damage(Corruption.Case.good());

    var report = PlanCheck.check(damaged.network(), damaged.streams(), damaged.plan());

    assertThat(report.flaws()).hasAtLeastOneElementOfType(corruption.flaw());
    assertThat(report.sweep().isEmpty()).isEqualTo(corruption.finder() == Finder.SIMULATION);
    assertThat(report.simulation().isEmpty()).isEqualTo(corruption.finder() == Finder.SWEEP);
    assertThat(report.flaws()).allSatisfy(flaw -> assertThat(flaw.message()).isNotBlank());
  }

  @Test
  void clocksThatAreWorseThanPlannedAreSeenByBoth() {
    Cell exact = Cell.full(0, DeviceProfile.UNLIMITED);
    Cell worse = Cell.with(250, DeviceProfile.UNLIMITED);

    var report = PlanCheck.check(worse.network, exact.streams, exact.plan());

    assertThat(report.sweep()).hasAtLeastOneElementOfType(Flaw.TooEarly.class);
    assertThat(report.simulation()).hasAtLeastOneElementOfType(Flaw.Strayed.class);
  }
}
