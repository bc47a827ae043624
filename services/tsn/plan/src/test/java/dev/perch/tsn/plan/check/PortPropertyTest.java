package dev.perch.tsn.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Port;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The quick ways of looking at one port say what the plain ones say. */
class PortPropertyTest {
  private static final Link LINK = Link.of("a", "b", 1000, 0);

  /** One transmission. */
  record Row(
      int upstream, int queue, long start, long busy, long interval, long waits, long error) {}

  @Property
  void sweepAndPairsFindTheSame(@ForAll("ports") List<Row> port) {
    PortRows rows = rows(port);
    Set<Class<?>> swept = new HashSet<>();
    Set<Class<?>> paired = new HashSet<>();

    new PortSweep(LINK, rows, Integer::toString, flaw -> swept.add(flaw.getClass())).look();
    PortPairs.look(LINK, rows, 0, Integer::toString, flaw -> paired.add(flaw.getClass()));

    boolean collides = collidesStepByStep(port);
    assertThat(swept.contains(Flaw.Collision.class)).isEqualTo(collides);
    assertThat(paired.contains(Flaw.Collision.class)).isEqualTo(collides);
    if (!collides) {
      assertThat(swept).isEqualTo(paired);
    }
  }

  @Property
  void gatesOpenWhenEachNanosecondIsTried(
      @ForAll("lists") GateList list, @ForAll("moments") long from, @ForAll("lengths") long need) {
    GateClock clock = new GateClock(new Port(8, 1, 3, false), list);

    long opens = clock.opens(7, from, need);

    assertThat(opens).isEqualTo(opensStepByStep(list, from, need));
  }

  @Property
  void otherTrafficKeepsThePortAsLongAsEachNanosecondSays(
      @ForAll("lists") GateList list, @ForAll("moments") long now, @ForAll("lengths") long idle) {
    long guard = 3;
    GateClock clock = new GateClock(new Port(8, 1, guard, false), list);

    long until = clock.interference(now - idle, now);

    long expected = now;
    for (long begin = now - Math.min(idle, guard); begin < now; begin++) {
      if ((gates(list, begin) & 0x7f) != 0) {
        // It may begin at any moment before this nanosecond ends.
        expected = begin + 1 + guard;
      }
    }
    assertThat(until).isEqualTo(expected);
  }

  @Provide
  static Arbitrary<List<Row>> ports() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(6, 7),
            Arbitraries.longs().between(0, 200),
            Arbitraries.longs().between(1, 9),
            Arbitraries.of(40L, 60L, 80L, 120L),
            Arbitraries.longs().between(0, 50),
            Arbitraries.longs().between(0, 1))
        .as(Row::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  @Provide
  static Arbitrary<GateList> lists() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 0xff), Arbitraries.longs().between(1, 6))
        .as((gates, length) -> new GateEntry(GateEntry.Operation.SET_GATE_STATES, gates, length))
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(
            entries ->
                new GateList(
                    "a-b", 0, entries.stream().mapToLong(GateEntry::interval).sum(), entries));
  }

  @Provide
  static Arbitrary<Long> moments() {
    return Arbitraries.longs().between(-40, 40);
  }

  @Provide
  static Arbitrary<Long> lengths() {
    return Arbitraries.longs().between(1, 12);
  }

  private static PortRows rows(List<Row> port) {
    PortRows rows = new PortRows();
    for (int i = 0; i < port.size(); i++) {
      Row row = port.get(i);
      rows.add(
          i,
          row.upstream,
          row.queue,
          row.start + row.waits,
          row.busy,
          row.interval,
          row.waits,
          row.waits + 5,
          row.error);
    }
    return rows;
  }

  private static boolean collidesStepByStep(List<Row> port) {
    List<Integer> owners = new ArrayList<>();
    for (int i = 0; i < 240; i++) {
      owners.add(-1);
    }
    for (int i = 0; i < port.size(); i++) {
      Row row = port.get(i);
      for (long start = row.start + row.waits; start < 1000; start += row.interval) {
        for (long at = start; at < start + row.busy; at++) {
          int slot = (int) (at % 240);
          if (owners.get(slot) >= 0 && owners.get(slot) != i) {
            return true;
          }
          owners.set(slot, i);
        }
      }
    }
    return false;
  }

  private static long opensStepByStep(GateList list, long from, long need) {
    for (long open = from; open < from + 2 * list.cycle(); open++) {
      boolean all = true;
      for (long at = open; at < open + need && all; at++) {
        all = (gates(list, at) >> 7 & 1) == 1;
      }
      if (all) {
        return open;
      }
    }
    return GateClock.NEVER;
  }

  private static int gates(GateList list, long at) {
    long inCycle = Math.floorMod(at, list.cycle());
    for (GateEntry entry : list.entries()) {
      if (inCycle < entry.interval()) {
        return entry.gates();
      }
      inCycle -= entry.interval();
    }
    throw new AssertionError();
  }
}
