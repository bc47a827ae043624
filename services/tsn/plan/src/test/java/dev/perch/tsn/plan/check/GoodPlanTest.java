package dev.perch.tsn.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.tsn.plan.model.DeviceProfile;
import dev.perch.tsn.plan.model.Stream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is right passes both checkers, however the clocks stand. */
class GoodPlanTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 250, 1000})
  void streamsOfAllKindsPass(long clockError) {
    Cell cell = Cell.full(clockError, DeviceProfile.UNLIMITED);

    PlanCheck.Report report = cell.check();

    assertThat(report.flaws()).isEmpty();
  }

  @Test
  void anEmptyPlanPasses() {
    PlanCheck.Report report = Cell.exact().check();

    assertThat(report.clean()).isTrue();
  }

  @Test
  void windowsAtTheEndOfTheCyclePass() {
    Cell cell = Cell.exact();
    long start = 981_900;
    cell.place(
        Stream.of("late", "a", List.of("c"), 1_000_000, 1000),
        cell.tree(7, start, 1000, 1, Cell.A_C));

    // Its last transmission is in the next cycle.
    assertThat(cell.planOf("late").trees().getFirst().hops().get(2).start())
        .isGreaterThan(1_000_000);
    assertThat(cell.check().flaws()).isEmpty();
  }

  @Test
  void periodsThatDoNotDivideEachOtherAreSweptUntilTheyMeet() {
    Cell cell = Cell.exact();
    cell.place(
        Stream.of("p400", "a", List.of("c"), 400_000, 100), cell.tree(7, 0, 100, 1, Cell.A_C));
    cell.place(
        Stream.of("p600", "b", List.of("c"), 600_000, 100),
        cell.tree(7, 100_000, 100, 1, Cell.B_C));

    assertThat(cell.check().flaws()).isEmpty();
  }

  @Test
  void framesThatWaitOverTheBeginOfTheHyperperiodPass() {
    Cell cell = Cell.exact();
    for (int i = 0; i < 3; i++) {
      // There before the end of an interval, sent on in the next one.
      cell.place(
          Stream.of("w" + i, "b", List.of("c"), 1_000_000, 400),
          cell.delayed(cell.tree(6, 700_000 + i * 50_000, 400, 1, Cell.B_C), 1, 400_000));
    }

    assertThat(cell.check().flaws()).isEmpty();
  }
}
