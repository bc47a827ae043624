package dev.perch.tsn.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.tsn.plan.model.DeviceProfile;
import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Link;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateCompilerTest {
  private static final Link LINK = Link.of("b", "h", 1_000, 2_000);
  private static final int GUARD = 12_336;

  @Test
  void oneFrameShutsOthersOutFromAGuardBandBeforeUntilItIsSent() {
    GateList list = list(DeviceProfile.UNLIMITED, List.of(frame(100_000, 50_000, 0)));

    assertThat(list.cycle()).isEqualTo(100_000);
    assertThat(list.entries()).extracting(GateEntry::gates).containsExactly(0x7f, 0x80, 0x7f);
    assertThat(list.entries())
        .extracting(GateEntry::interval)
        .containsExactly(50_000L - GUARD, GUARD + 10_000L, 40_000L);
  }

  @Test
  void aGapThatNobodyCouldUseIsClosed() {
    GateList list =
        list(
            DeviceProfile.UNLIMITED,
            List.of(frame(200_000, 50_000, 0), frame(200_000, 60_000 + GUARD, 0)));

    assertThat(list.entries()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4, 9, 20, 60})
  void framesThatComeToAListGiveTheListOfAll(int there) {
    Random random = new Random(there);
    for (int turn = 0; turn < 50; turn++) {
      List<Transmission> all = new ArrayList<>();
      int at = random.nextInt(20_000);
      for (int i = 0; i < there + 3 && at < 980_000; i++) {
        all.add(frame(random.nextBoolean() ? 1_000_000 : 2_000_000, at, 0));
        at += 10_000 + random.nextInt(4) * GUARD / 2 + random.nextInt(3);
      }
      Collections.shuffle(all, random);
      List<Transmission> before = all.subList(0, all.size() - 2);
      List<Transmission> more = all.subList(all.size() - 2, all.size());
      Compiled.Listed known = compiled(before);

      Compiled.Listed grown = GateCompiler.extend(LINK, known, more);

      boolean sameCycle = known.list().cycle() == compiled(all).list().cycle();
      if (sameCycle) {
        assertThat(grown).isEqualTo(compiled(all));
      } else {
        assertThat(grown).isNull();
      }
    }
  }

  @Test
  void whereAFrameWaitsAListIsCompiledAnew() {
    Compiled.Listed waits = compiled(List.of(frame(100_000, 50_000, 5_000)));
    Compiled.Listed goes = compiled(List.of(frame(100_000, 50_000, 0)));

    assertThat(GateCompiler.extend(LINK, waits, List.of(frame(100_000, 10_000, 0)))).isNull();
    assertThat(GateCompiler.extend(LINK, goes, List.of(frame(100_000, 10_000, 5_000)))).isNull();
  }

  @Test
  void whereNothingIsLeftForOthersAListIsCompiledAnew() {
    Compiled.Listed half = compiled(List.of(frame(40_000, 0, 0), frame(40_000, 10_000, 0)));

    assertThat(GateCompiler.extend(LINK, half, List.of(frame(40_000, 20_000, 0)))).isNull();
  }

  @Test
  void aFrameThatWaitsFindsItsGateShutUntilItsTime() {
    GateList list = list(DeviceProfile.UNLIMITED, List.of(frame(100_000, 50_000, 5_000)));

    assertThat(list.entries()).extracting(GateEntry::gates).containsExactly(0x7f, 0, 0x80, 0x7f);
  }

  @Test
  void aShortTableHoldsTheWidestGaps() {
    List<Transmission> frames = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      frames.add(frame(2_000_000, 30_000 + i * 48_000 + i * i, 0));
    }

    GateList list = list(DeviceProfile.FELIX, frames);

    assertThat(list.entries().size()).isBetween(2, 63);
    assertThat(list.entries()).anyMatch(entry -> entry.isOpen(0));
  }

  @Test
  void aDeviceWithOneOpeningGetsOne() {
    GateList list =
        list(
            DeviceProfile.IGC, List.of(frame(1_000_000, 100_000, 0), frame(1_000_000, 400_000, 0)));

    assertThat(list.entries()).filteredOn(entry -> entry.isOpen(7)).hasSize(1);
  }

  @Test
  void whatIsLongerThanADeviceCountsIsDivided() {
    GateList list = list(DeviceProfile.STMMAC_64, List.of(frame(1_000_000, 500_000, 0)));

    assertThat(list.entries()).allMatch(entry -> entry.interval() <= 65_535);
  }

  @Test
  void aCycleThatNoDeviceHoldsIsToldWithItsLength() {
    Compiled compiled =
        GateCompiler.compile(
            LINK, DeviceProfile.SJA1105, List.of(frame(50_000_000, 0, 0), frame(3_000_000, 0, 0)));

    assertThat(compiled).isEqualTo(new Uncompilable("maxCycle", 150_000_000, 52_428_600));
  }

  @Test
  void aCycleThatEndsBesideTheTicksOfADeviceIsNotForIt() {
    Compiled compiled =
        GateCompiler.compile(
            LINK, DeviceProfile.UNLIMITED.withTick(100), List.of(frame(333_333, 0, 0)));

    assertThat(compiled).isEqualTo(new Uncompilable("cycleBesideTicks", 33, 0));
  }

  private static Compiled.Listed compiled(List<Transmission> transmissions) {
    return (Compiled.Listed) GateCompiler.compile(LINK, DeviceProfile.UNLIMITED, transmissions);
  }

  private static GateList list(DeviceProfile device, List<Transmission> transmissions) {
    return ((Compiled.Listed) GateCompiler.compile(LINK, device, transmissions)).list();
  }

  private static Transmission frame(int interval, int start, int lead) {
    return new Transmission(interval, start, 1, 10_000, 10_000, lead, 0, 7);
  }
}
