package dev.perch.tsn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.perch.tsn.plan.model.Admission;
import dev.perch.tsn.plan.model.Bridge;
import dev.perch.tsn.plan.model.EndStation;
import dev.perch.tsn.plan.model.FailureCode;
import dev.perch.tsn.plan.model.InvalidModelException;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.model.Refusal.Proof;
import dev.perch.tsn.plan.model.Relaxation;
import dev.perch.tsn.plan.model.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalTest {
  /** Long enough to load the solver on a busy machine. */
  private static final Options PATIENT =
      new Options(Duration.ofSeconds(10), Duration.ofSeconds(10), 0, true, true);

  private final Network network = oneBridge();
  private final Schedule schedule = Schedule.of(network, PATIENT);

  @Test
  void aFrameThatIsLongerThanItsIntervalIsTooLarge() {
    Refusal refusal = refuse(Stream.of("a", "h0", List.of("h1"), 10_000, 1_500));

    assertThat(refusal.code()).isEqualTo(FailureCode.MAX_FRAME_SIZE_TOO_LARGE);
    assertThat(refusal.proof()).isEqualTo(Proof.NECESSARY_CONDITION);
  }

  @Test
  void aBoundThatIsShorterThanTheWayIsRefusedWithTheLatencyThatIsPossible() {
    Stream hasty = stream("a", 1_000_000, 1_000).but().maxLatency(5_000L).build();

    Refusal refusal = refuse(hasty);

    assertThat(refusal.code()).isEqualTo(FailureCode.MAX_LATENCY_EXCEEDED);
    assertThat(refusal.proof()).isEqualTo(Proof.NECESSARY_CONDITION);
    assertThat(refusal.relaxations())
        .anyMatch(one -> one.property() == Relaxation.Property.MAX_LATENCY);
    assertAcceptable(hasty, refusal.relaxations());
  }

  @Test
  void intervalsThatDoNotDivideEachOtherLeaveNoRoomBesideALongFrame() {
    schedule.admit(stream("long", 70_000, 1_500));
    Stream other = stream("other", 50_000, 1_500);

    Refusal refusal = refuse(other);

    assertThat(refusal.code()).isEqualTo(FailureCode.INSUFFICIENT_BANDWIDTH_FOR_TRAFFIC_CLASS);
    assertThat(refusal.link()).isEqualTo("h0-b");
    assertThat(refusal.blocking()).containsExactly("long");
    assertThat(refusal.proof()).isEqualTo(Proof.NECESSARY_CONDITION);
    assertAcceptable(other, refusal.relaxations());
  }

  @Test
  void theSolverProvesWhatNoPairShows() {
    // 12.16 µs each: two fit beside each other into any 30 µs, three do not.
    schedule.admit(stream("a", 60_000, 1_500));
    schedule.admit(stream("b", 90_000, 1_500));

    Refusal refusal = refuse(stream("c", 150_000, 1_500));

    assertThat(refusal.proof()).isEqualTo(Proof.SOLVER);
    assertThat(refusal.blocking()).containsExactlyInAnyOrder("a", "b");
    assertThat(refusal.link()).isEqualTo("h0-b");
  }

  @Test
  void anOverbookedLinkIsNamedWithWhoUsesIt() {
    List<Stream> asked = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      asked.add(stream("s" + i, 100_000, 1_100));
    }

    List<Refusal> refusals = Planner.plan(network, asked, PATIENT).refusals();

    assertThat(refusals)
        .isNotEmpty()
        .allMatch(one -> one.code() == FailureCode.INSUFFICIENT_BANDWIDTH)
        .allMatch(one -> one.proof() == Proof.NECESSARY_CONDITION)
        .allMatch(one -> "h0-b".equals(one.link()));
  }

  @Test
  void aNameIsTakenOnce() {
    schedule.admit(stream("a", 1_000_000, 100));

    assertThat(refuse(stream("a", 1_000_000, 100)).code()).isEqualTo(FailureCode.STREAM_ID_IN_USE);
  }

  @Test
  void aStreamOfAnotherNetworkIsToldEverythingThatIsWrong() {
    Stream lost = Stream.of("a", "nobody", List.of("nowhere", "b"), 1_000_000, 100);

    assertThatThrownBy(() -> schedule.admit(lost))
        .isInstanceOfSatisfying(
            InvalidModelException.class, wrong -> assertThat(wrong.violations()).hasSize(3));
  }

  private Refusal refuse(Stream stream) {
    Admission admission = schedule.admit(stream);
    assertThat(admission).isInstanceOf(Admission.Refused.class);
    return ((Admission.Refused) admission).refusal();
  }

  /** Each relaxation is tried by whoever gets it. */
  private void assertAcceptable(Stream asked, List<Relaxation> relaxations) {
    assertThat(relaxations).isNotEmpty();
    for (Relaxation one : relaxations) {
      Stream.Builder changed = asked.but();
      switch (one.property()) {
        case FRAME_BYTES -> changed.frameBytes((int) one.accepted());
        case INTERVAL -> changed.interval(one.accepted());
        case MAX_LATENCY -> changed.maxLatency(one.accepted());
        case LATEST_OFFSET -> changed.latestOffset(one.accepted());
      }
      assertThat(schedule.tryAdmit(changed.build())).isInstanceOf(Admission.Accepted.class);
    }
  }

  private static Stream stream(String name, long interval, int bytes) {
    return Stream.of(name, "h0", List.of("h1"), interval, bytes);
  }

  private static Network oneBridge() {
    return new Network(
        List.of(new Bridge("b"), new EndStation("h0"), new EndStation("h1")),
        List.of(
            Link.of("h0", "b", 1_000, 2_000),
            Link.of("b", "h0", 1_000, 2_000),
            Link.of("h1", "b", 1_000, 2_000),
            Link.of("b", "h1", 1_000, 2_000)));
  }
}
