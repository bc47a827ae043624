package dev.perch.tsn.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.tsn.plan.model.Bridge;
import dev.perch.tsn.plan.model.DeviceProfile;
import dev.perch.tsn.plan.model.EndStation;
import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateEntry.Operation;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Switches that move the gates of one port at a time. */
class SharedTimersTest {
  private static final GateList FIRST = list("s-a", 0x7f, 1_000, 0x80, 3_000, 0x7f, 6_000);

  @Test
  void gatesThatMoveOneAfterTheOtherAreGood() {
    GateList second = list("s-b", 0x7f, 5_000, 0x80, 3_000, 0x7f, 2_000);

    assertThat(check(DeviceProfile.SJA1105, FIRST, second)).isEmpty();
  }

  @Test
  void gatesThatMoveTogetherInALaterRoundAreFound() {
    GateList twiceAsLong = list("s-b", 0x7f, 5_000, 0x80, 9_000, 0x7f, 6_000);

    assertThat(check(DeviceProfile.SJA1105, FIRST, twiceAsLong))
        .containsExactly(new Flaw.SameMoment("s-a", "s-b", 4_000));
  }

  @Test
  void listsThatBothBeginWithAChangeMoveTogether() {
    GateList one = list("s-a", 0x80, 2_000, 0x7f, 8_000);
    GateList other = list("s-b", 0x80, 3_000, 0x7f, 7_000);

    assertThat(check(DeviceProfile.SJA1105, one, other))
        .containsExactly(new Flaw.SameMoment("s-a", "s-b", 0));
  }

  @Test
  void cyclesThatDriftAreFound() {
    GateList other = list("s-b", 0x7f, 2_000, 0x80, 3_000, 0x7f, 10_000);

    assertThat(check(DeviceProfile.SJA1105, FIRST, other))
        .containsExactly(new Flaw.UnrelatedCycles("s-a", "s-b", 10_000, 15_000));
  }

  @Test
  void portsWithTimersOfTheirOwnMoveAsTheyLike() {
    GateList other = list("s-b", 0x7f, 1_000, 0x80, 3_000, 0x7f, 6_000);

    assertThat(check(DeviceProfile.FELIX, FIRST, other)).isEmpty();
  }

  private static List<Flaw> check(DeviceProfile device, GateList one, GateList other) {
    Network network =
        new Network(
            List.of(new Bridge("s", 0, device), new EndStation("a"), new EndStation("b")),
            List.of(Link.of("s", "a", 1_000, 0), Link.of("s", "b", 1_000, 0)));
    Plan plan = new Plan(Map.of(), Map.of(one.link(), one, other.link(), other));
    return SharedTimers.check(network, plan);
  }

  /** Gates and intervals by turns. */
  private static GateList list(String link, int... gatesAndIntervals) {
    List<GateEntry> entries = new ArrayList<>();
    long cycle = 0;
    for (int i = 0; i < gatesAndIntervals.length; i += 2) {
      entries.add(
          new GateEntry(Operation.SET_GATE_STATES, gatesAndIntervals[i], gatesAndIntervals[i + 1]));
      cycle += gatesAndIntervals[i + 1];
    }
    return new GateList(link, 0, cycle, entries);
  }
}
