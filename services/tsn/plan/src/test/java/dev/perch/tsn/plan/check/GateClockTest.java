package dev.perch.tsn.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateEntry.Operation;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Port;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gates, and what other traffic may do with them. */
class GateClockTest {
  private static final Port PREEMPTING = new Port(8, 1, 50, true);
  private static final long LONG_AGO = -1_000_000;

  @Test
  void framesThatAreHeldKeepNothing() {
    GateClock held = new GateClock(PREEMPTING, list(Operation.SET_AND_HOLD_MAC));
    GateClock free = new GateClock(PREEMPTING, list(Operation.SET_GATE_STATES));

    // The gates of other traffic are open in both.
    assertThat(held.interference(LONG_AGO, 70)).isEqualTo(70);
    assertThat(free.interference(LONG_AGO, 70)).isEqualTo(120);
  }

  @Test
  void theLastFragmentBeforeTheHoldMayStillBeOnTheWire() {
    GateClock held = new GateClock(PREEMPTING, list(Operation.SET_AND_HOLD_MAC));

    assertThat(held.interference(LONG_AGO, 30)).isEqualTo(50);
  }

  @Test
  void framesThatFollowEachOtherLeaveNoRoomForOthers() {
    GateClock open = new GateClock(new Port(8, 1, 50, false), null);

    assertThat(open.interference(70, 70)).isEqualTo(70);
    assertThat(open.interference(69, 70)).isEqualTo(120);
  }

  /** Held, or not, from 0 to 100 of 1,000. */
  private static GateList list(Operation first) {
    return new GateList(
        "a-b",
        0,
        1_000,
        List.of(
            new GateEntry(first, 0xff, 100),
            new GateEntry(Operation.SET_AND_RELEASE_MAC, 0x7f, 900)));
  }
}
