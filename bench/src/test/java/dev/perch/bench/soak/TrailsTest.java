package dev.perch.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.bench.soak.LogTrail.Event;
import dev.perch.contract.Catalogue;
import dev.perch.contract.inventory.Host;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A soak is worth what its judge sees: each kind of loss has to be found. */
class TrailsTest {
  private static final UUID HOST = UUID.randomUUID();
  private static final Instant AT = Instant.EPOCH;
  private static final Event CREATED = event("created", 1);
  private static final Event CHANGED = event("changed", 2);
  private static final Event DELETED = event("deleted", 3);

  private final Findings findings = new Findings();
  private final LogTrail log = new LogTrail(findings);
  private final StateTrail state = new StateTrail();

  @Test
  void aWholeLogIsGoodAndEventsMayComeAgain() {
    logged(CREATED, CHANGED, CREATED, CHANGED, DELETED);

    log.compare(Map.of(HOST, new Committed(3, true)));

    assertThat(wrong()).isEmpty();
    assertThat(log.again()).isEqualTo(2);
  }

  @Test
  void aMissingEventIsFound() {
    logged(CREATED, CHANGED);

    log.compare(Map.of(HOST, new Committed(3, true)));

    assertThat(log.isComplete(Map.of(HOST, new Committed(3, true)))).isFalse();
    assertThat(wrong()).containsExactly(LogTrail.COMPLETE);
  }

  @Test
  void aHostWithoutAnyEventIsFound() {
    log.compare(Map.of(HOST, new Committed(1, false)));

    assertThat(wrong()).containsExactly(LogTrail.COMPLETE);
  }

  @Test
  void eventsInTheWrongOrderAreFound() {
    logged(CREATED, DELETED, CHANGED);

    assertThat(wrong()).contains(LogTrail.ORDER);
  }

  @Test
  void anotherEventUnderTheSameVersionIsFound() {
    logged(CREATED, new Event(CREATED.type(), 1, 4711));

    assertThat(wrong()).containsExactly(LogTrail.SAME);
  }

  @Test
  void anEventOfAVersionThatWasNotCommittedIsFound() {
    logged(CREATED, CHANGED);

    log.compare(Map.of(HOST, new Committed(1, false)));

    assertThat(wrong()).containsExactly(LogTrail.INVENTED);
  }

  @Test
  void anEventOfAHostThatWasNotCommittedIsFound() {
    logged(CREATED);

    log.compare(Map.of());

    assertThat(wrong()).containsExactly(LogTrail.INVENTED);
  }

  @Test
  void anEventOfTheWrongTypeIsFound() {
    logged(CREATED, event("changed", 2));

    log.compare(Map.of(HOST, new Committed(2, true)));

    assertThat(wrong()).containsExactly(LogTrail.ORDER);
  }

  @Test
  void aStateTopicThatShowsWhatRestShowsIsGood() {
    state.add(HOST, record(1, 1, host(1)));
    state.add(HOST, record(1, 2, host(2)));

    compareState(new Committed(2, false), Map.of(HOST, host(2)));

    assertThat(wrong()).isEmpty();
  }

  @Test
  void aDeletedHostWithATombstoneIsGoodAndWithoutOneIsFound() {
    state.add(HOST, record(1, 1, host(1)));
    compareState(new Committed(2, true), Map.of());
    assertThat(wrong()).containsExactly(StateTrail.NEWEST);

    state.add(HOST, new StateTrail.Record(1, 2, null));
    Findings later = new Findings();
    state.compare(Map.of(HOST, new Committed(2, true)), Map.of(), later);
    assertThat(later.isEmpty()).isTrue();
  }

  @Test
  void anOldRecordThatComesLastIsFoundBecauseCompactionWouldKeepIt() {
    state.add(HOST, record(1, 2, host(2)));
    state.add(HOST, record(1, 1, host(1)));

    compareState(new Committed(2, false), Map.of(HOST, host(2)));

    assertThat(wrong()).containsExactly(StateTrail.LAST);
  }

  @Test
  void aHigherEpochIsNewerThanAHigherSequence() {
    state.add(HOST, record(1, 9, host(9)));
    state.add(HOST, record(2, 3, host(3)));

    compareState(new Committed(3, false), Map.of(HOST, host(3)));

    assertThat(wrong()).isEmpty();
  }

  @Test
  void anotherContentThanRestShowsIsFound() {
    state.add(HOST, record(1, 1, host(1)));

    compareState(new Committed(1, false), Map.of(HOST, host(7)));

    assertThat(wrong()).containsExactly(StateTrail.NEWEST);
  }

  private void logged(Event... events) {
    for (Event event : events) {
      log.add(HOST, event);
    }
  }

  private void compareState(Committed truth, Map<UUID, Host> rest) {
    state.compare(Map.of(HOST, truth), rest, findings);
  }

  /** The checks with findings. */
  private List<String> wrong() {
    List<String> lines = new ArrayList<>();
    findings.print(lines::add);
    return lines.stream()
        .filter(line -> line.endsWith(" wrong"))
        .map(line -> line.replaceAll("\\s+\\d+ wrong$", ""))
        .toList();
  }

  private static Event event(String what, long sequence) {
    return new Event(Catalogue.HOSTS.type(what), sequence, what.hashCode());
  }

  private static StateTrail.Record record(long epoch, long sequence, Host host) {
    return new StateTrail.Record(epoch, sequence, host);
  }

  private static Host host(long version) {
    return new Host(
        HOST,
        HOST,
        "h-1",
        Host.Personality.WORKER,
        Map.of(),
        null,
        Host.State.REGISTERED,
        version,
        AT,
        AT);
  }
}
