package dev.perch.tsn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.tsn.plan.check.PlanCheck;
import dev.perch.tsn.plan.model.Bridge;
import dev.perch.tsn.plan.model.DeviceProfile;
import dev.perch.tsn.plan.model.EndStation;
import dev.perch.tsn.plan.model.FailureCode;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Node;
import dev.perch.tsn.plan.model.Outcome;
import dev.perch.tsn.plan.model.Port;
import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.model.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Streams that have free times, but whose first one makes a gate list no device can hold. */
class NarrowDeviceTest {
  private static final DeviceProfile SHORT = DeviceProfile.UNLIMITED.withListLength(12);

  @Test
  void framesKeepApartAsFarAsTheShortestEntryNeeds() {
    // With clocks that are 2 ns wrong, gates between two frames close for 12 ns: too short.
    Network network = trunks(1, 2, DeviceProfile.FELIX);
    List<Stream> asked = streams(6);

    Outcome outcome = Planner.plan(network, asked, Options.DEFAULT);

    assertThat(outcome.refusals()).isEmpty();
    assertThat(PlanCheck.check(network, asked, outcome.plan()).flaws()).isEmpty();
  }

  @Test
  void whatAPortCannotHoldGoesAroundIt() {
    Network one = trunks(1, 100, SHORT);
    Network two = trunks(2, 100, SHORT);
    List<Stream> asked = streams(8);

    int refusedByOne = Planner.plan(one, asked, Options.DEFAULT).refusals().size();
    Schedule schedule = Schedule.of(two, Options.DEFAULT);
    asked.forEach(schedule::admit);

    assertThat(refusedByOne).isPositive();
    assertThat(schedule.plan().streams()).hasSize(8);
    assertThat(PlanCheck.check(two, asked, schedule.plan()).flaws()).isEmpty();
  }

  @Test
  void whatNoTimeAndNoWayHelpsIsRefusedWithThePort() {
    Network network = trunks(1, 100, SHORT);

    List<Refusal> refusals = Planner.plan(network, streams(8), Options.DEFAULT).refusals();

    assertThat(refusals)
        .isNotEmpty()
        .allMatch(one -> one.code() == FailureCode.INSUFFICIENT_BRIDGE_RESOURCES)
        .allMatch(one -> "a-b-0".equals(one.link()));
  }

  /** To listeners of their own, so that only the trunks are narrow. */
  private static List<Stream> streams(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Stream.of("s" + i, "t" + i, List.of("l" + i), 1_000_000, 200))
        .toList();
  }

  /** Two bridges with so many links from one to the other. */
  private static Network trunks(int trunks, int clockError, DeviceProfile device) {
    var nodes =
        new ArrayList<Node>(
            List.of(new Bridge("a", clockError, device), new Bridge("b", clockError, device)));
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < trunks; i++) {
      links.add(new Link("a-b-" + i, "a", "b", 1_000, 0, 2_000, 0, Port.of(1_000, 1)));
    }
    for (int i = 0; i < 8; i++) {
      nodes.add(new EndStation("t" + i, clockError, DeviceProfile.UNLIMITED));
      nodes.add(new EndStation("l" + i, clockError, DeviceProfile.UNLIMITED));
      links.add(Link.of("t" + i, "a", 1_000, 2_000));
      links.add(Link.of("b", "l" + i, 1_000, 2_000));
    }
    return new Network(nodes, links);
  }
}
