package dev.perch.tsn.plan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.tsn.plan.check.PlanCheck;
import dev.perch.tsn.plan.model.Bridge;
import dev.perch.tsn.plan.model.EndStation;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Three frames of 12.16 µs in 40 µs. Where the first two are, no gap is wide enough for the third;
 * both could be later.
 */
class NeighbourhoodTest {
  private final Network network =
      new Network(
          List.of(new Bridge("b"), new EndStation("h0"), new EndStation("h1")),
          List.of(
              Link.of("h0", "b", 1_000, 2_000),
              Link.of("b", "h0", 1_000, 2_000),
              Link.of("h1", "b", 1_000, 2_000),
              Link.of("b", "h1", 1_000, 2_000)));
  private final Engine engine = new Engine(new Topology(network), 0);
  private final Demand first = demand("first", 10_000);
  private final Demand second = demand("second", 32_000);
  private final Demand third = demand("third", 0);

  @Test
  void timesOfAllAreFoundAtOnce() {
    placeTwo();

    boolean placed = new Neighbourhood(engine).place(third, any -> true, soon());

    assertThat(placed).isTrue();
    List<Demand> all = List.of(first, second, third);
    List<Stream> streams = all.stream().map(Demand::stream).toList();
    assertThat(PlanCheck.check(network, streams, plan(all)).flaws()).isEmpty();
  }

  @Test
  void nothingChangesIfNobodyMayMove() {
    placeTwo();
    Plan before = plan(List.of(first, second));

    boolean placed = new Neighbourhood(engine).place(third, any -> false, soon());

    assertThat(placed).isFalse();
    assertThat(plan(List.of(first, second))).isEqualTo(before);
    assertThat(engine.has(third)).isFalse();
  }

  @Test
  void nothingIsAskedAfterTheDeadline() {
    placeTwo();

    assertThat(new Neighbourhood(engine).place(third, any -> true, System.nanoTime())).isFalse();
  }

  private void placeTwo() {
    assertThat(engine.place(first)).isNull();
    assertThat(engine.place(second)).isNull();
    assertThat(engine.place(third)).isNotNull();
  }

  private Demand demand(String name, long earliest) {
    return engine.demand(
        Stream.of(name, "h0", List.of("h1"), 40_000, 1_500).but().earliestOffset(earliest).build());
  }

  private Plan plan(List<Demand> demands) {
    Map<String, StreamPlan> streams = new LinkedHashMap<>();
    demands.forEach(one -> streams.put(one.stream().name(), engine.plan(one)));
    Map<String, GateList> gates = new LinkedHashMap<>();
    for (int link = 0; link < network.links().size(); link++) {
      GateList list = engine.gates(link);
      if (list != null) {
        gates.put(list.link(), list);
      }
    }
    return new Plan(streams, gates);
  }

  private static long soon() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
  }
}
