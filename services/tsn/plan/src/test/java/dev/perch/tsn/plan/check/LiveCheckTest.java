package dev.perch.tsn.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.tsn.plan.check.LiveCheck.Change;
import dev.perch.tsn.plan.check.LiveCheck.Placed;
import dev.perch.tsn.plan.model.DeviceProfile;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A change is judged by what it touches, as the whole plan would be. */
class LiveCheckTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 250})
  void goodStreamsAreKeptOneByOne(long clockError) {
    Cell cell = Cell.full(clockError, DeviceProfile.UNLIMITED);
    LiveCheck live = new LiveCheck(cell.network);

    List<Flaw> flaws = new ArrayList<>();
    for (int i = 1; i <= cell.streams.size(); i++) {
      flaws.addAll(live.apply(addition(cell, i)));
    }

    assertThat(flaws).isEmpty();
  }

  /** Without those that no change of a stream or a list can bring about. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"STREAM_MISSING", "STREAM_NOBODY_ASKED_FOR", "NO_GATE_LIST"})
  void damageIsRefusedAndTheGoodPlanStays(Corruption corruption) {
    Cell cell = Cell.full(0, DeviceProfile.FELIX);
    Plan good = cell.plan();
    LiveCheck live = new LiveCheck(cell.network);
    live.keep(everything(cell.streams, good));
    var damaged = corruption.damage(new Corruption.Case(cell, cell.streams, good));

    List<Flaw> flaws = live.apply(everything(damaged.streams(), damaged.plan()));

    assertThat(flaws).isNotEmpty();
    assertThat(live.apply(everything(cell.streams, good))).isEmpty();
  }

  @Test
  void aRemovedStreamLeavesItsPlace() {
    Cell cell = Cell.exact();
    Stream first = Stream.of("first", "a", List.of("c"), 1_000_000, 500);
    cell.place(first, cell.tree(7, 0, 500, 1, Cell.A_C));
    LiveCheck live = new LiveCheck(cell.network);
    live.keep(everything(cell.streams, cell.plan()));
    Stream second = first.but().name("second").build();
    StreamPlan place = new StreamPlan("second", cell.planOf("first").trees());
    Change swap = new Change(List.of(new Placed(second, place)), List.of("first"), List.of());

    assertThat(live.apply(new Change(swap.placed(), List.of(), List.of())))
        .hasAtLeastOneElementOfType(Flaw.Collision.class);
    assertThat(live.apply(swap)).isEmpty();
  }

  private static Change everything(List<Stream> streams, Plan plan) {
    return new Change(
        streams.stream()
            .map(s -> new Placed(s, Objects.requireNonNull(plan.streams().get(s.name()))))
            .toList(),
        List.of(),
        List.copyOf(plan.gates().values()));
  }

  /** The i-th stream, with the lists of the ports it uses. */
  private static Change addition(Cell cell, int i) {
    Stream stream = cell.streams.get(i - 1);
    StreamPlan plan = cell.planOf(stream.name());
    var gates = ExactGates.of(cell.network, cell.streams.subList(0, i), cell.plans);
    List<GateList> lists =
        plan.trees().stream()
            .flatMap(tree -> tree.hops().stream())
            .map(hop -> Objects.requireNonNull(gates.get(hop.link())))
            .distinct()
            .toList();
    return new Change(List.of(new Placed(stream, plan)), List.of(), lists);
  }
}
