package dev.perch.certmon.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.contract.certmon.Certificate.Renewal;
import dev.perch.contract.certmon.Certificate.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RenewalPlanTest {
  private static final Instant BEGIN = Instant.parse("2026-11-02T00:00:00Z");
  private static final Duration LOOK = Duration.ofSeconds(30);
  private static final UUID ID = UUID.fromString("0198a000-0000-7000-8000-000000000001");
  private static final Validity NINETY_DAYS = of(Duration.ofDays(90));

  @Property
  void itIsNeverRenewedBeforeItBeginsOrAfterTheFloor(
      @ForAll @LongRange(min = 300, max = 400_000_000) long life,
      @ForAll @IntRange(min = 1, max = 99) int percent,
      @ForAll @IntRange(min = 1, max = 1_000) int revision,
      @ForAll boolean windowed,
      @ForAll DayOfWeek day) {
    Validity validity = of(Duration.ofSeconds(life));
    var policy =
        new Renewal(
            null, percent, windowed ? List.of(window(day, Duration.ofHours(1))) : List.of());

    RenewalPlan plan = RenewalPlan.of(UUID.randomUUID(), revision, validity, policy, LOOK, null);

    assertThat(plan.at()).isAfterOrEqualTo(validity.notBefore());
    assertThat(Duration.between(plan.at(), validity.notAfter()))
        .isGreaterThanOrEqualTo(validity.life().dividedBy(20));
  }

  @Property
  void theSameRevisionHasTheSamePlan(
      @ForAll long bits, @ForAll @IntRange(min = 1, max = 1_000) int revision) {
    UUID id = new UUID(bits, 7);

    assertThat(plan(id, revision, twoThirds())).isEqualTo(plan(id, revision, twoThirds()));
  }

  @Test
  void withoutAPolicyItIsRenewedAfterTwoThirdsOrUpToAThirtiethEarlier() {
    RenewalPlan plan = plan(ID, 1, twoThirds());

    assertThat(plan.due()).isEqualTo(BEGIN.plus(Duration.ofDays(60)));
    assertThat(plan.at())
        .isBetween(BEGIN.plus(Duration.ofDays(57)), BEGIN.plus(Duration.ofDays(60)));
  }

  @Test
  void aPolicySaysHowLongBeforeItsEndOrAfterWhichPartOfItsLife() {
    assertThat(plan(ID, 1, new Renewal(Duration.ofDays(10), null, List.of())).due())
        .isEqualTo(BEGIN.plus(Duration.ofDays(80)));
    assertThat(plan(ID, 1, new Renewal(null, 50, List.of())).due())
        .isEqualTo(BEGIN.plus(Duration.ofDays(45)));
  }

  @Test
  void whatWasIssuedTogetherIsNotRenewedTogether() {
    Set<Long> hours = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      hours.add(
          Duration.between(BEGIN, plan(new UUID(i * 0x9E3779B97F4A7C15L, i), 1, twoThirds()).at())
              .toHours());
    }

    assertThat(hours).as("of 72 hours").hasSize(72);
  }

  @Test
  void theLastWindowBeforeItIsDueIsTaken() {
    RenewalPlan plan = plan(ID, 1, windowed(window(DayOfWeek.SUNDAY, Duration.ofHours(4))));

    ZonedDateTime at = plan.at().atZone(ZoneId.of("Europe/Berlin"));
    assertThat(at.getDayOfWeek()).isEqualTo(DayOfWeek.SUNDAY);
    assertThat(at.getHour()).isBetween(2, 5);
    Instant wanted = plan.due().minus(plan.jitter());
    assertThat(plan.at()).isBetween(wanted.minus(Duration.ofDays(7)), wanted);
  }

  @Test
  void withoutAWindowBeforeTheFirstOneAfterIsTaken() {
    Validity week = of(Duration.ofDays(7));
    Renewal policy = windowed(window(DayOfWeek.SATURDAY, Duration.ofHours(4)));

    RenewalPlan plan = RenewalPlan.of(ID, 1, week, policy, LOOK, null);

    assertThat(plan.at()).isAfter(plan.due().minus(plan.jitter()));
    assertThat(plan.at().atZone(ZoneId.of("Europe/Berlin")).getDayOfWeek())
        .isEqualTo(DayOfWeek.SATURDAY);
  }

  @Test
  void withoutAnyWindowInTimeItIsRenewedWhenItIsDue() {
    Validity day = of(Duration.ofHours(20));
    Renewal policy = windowed(window(DayOfWeek.SATURDAY, Duration.ofHours(4)));

    RenewalPlan plan = RenewalPlan.of(ID, 1, day, policy, LOOK, null);

    assertThat(plan.window()).isNull();
    assertThat(plan.at()).isEqualTo(plan.due().minus(plan.jitter()));
  }

  @Property
  void whatItsIssuerSuggestsComesBeforeThePolicyAndNotAfterTheFloor(
      @ForAll @IntRange(min = -50, max = 150) int startDay,
      @ForAll @IntRange(min = 0, max = 2_000) int hours,
      @ForAll @IntRange(min = 1, max = 1_000) int revision) {
    Suggestion suggested = suggested(startDay, Duration.ofHours(hours));

    RenewalPlan plan = suggested(revision, twoThirds(), suggested);

    Instant floor = NINETY_DAYS.notAfter().minus(NINETY_DAYS.life().dividedBy(20));
    assertThat(plan.due()).isBetween(suggested.start(), suggested.end());
    assertThat(plan).isEqualTo(suggested(revision, twoThirds(), suggested));
    assertThat(plan.at())
        .isEqualTo(
            plan.due().isAfter(floor) ? floor : plan.due().isBefore(BEGIN) ? BEGIN : plan.due());
  }

  @Test
  void whatIsSuggestedTogetherIsNotRenewedTogether() {
    Suggestion suggested = suggested(55, Duration.ofHours(24));
    Set<Long> hours = new HashSet<>();
    for (int revision = 1; revision <= 500; revision++) {
      hours.add(
          Duration.between(BEGIN, suggested(revision, twoThirds(), suggested).at()).toHours());
    }

    assertThat(hours).as("of 24 hours").hasSize(24);
  }

  @Test
  void aSuggestionThatEndsBeforeTheNextWindowDoesNotWaitForIt() {
    // A Tuesday, and windows on Sundays only: the last one lies in the first half of its life.
    Suggestion suggested = suggested(15, Duration.ofHours(1));
    Renewal policy = windowed(window(DayOfWeek.SUNDAY, Duration.ofHours(4)));

    RenewalPlan plan = suggested(1, policy, suggested);

    assertThat(plan.at()).isBetween(suggested.start(), suggested.end());
  }

  private static RenewalPlan suggested(int revision, Renewal policy, Suggestion suggested) {
    return RenewalPlan.of(ID, revision, NINETY_DAYS, policy, LOOK, suggested);
  }

  private static Suggestion suggested(int startDay, Duration length) {
    Instant start = BEGIN.plus(Duration.ofDays(startDay));
    return new Suggestion(start, start.plus(length), null, BEGIN);
  }

  private static RenewalPlan plan(UUID id, int revision, Renewal policy) {
    return RenewalPlan.of(id, revision, NINETY_DAYS, policy, LOOK, null);
  }

  private static Validity of(Duration life) {
    return new Validity(BEGIN, BEGIN.plus(life));
  }

  private static Renewal twoThirds() {
    return new Renewal(null, null, List.of());
  }

  private static Renewal windowed(Window window) {
    return new Renewal(null, null, List.of(window));
  }

  private static Window window(DayOfWeek day, Duration length) {
    return new Window(List.of(day), "02:00", length, "Europe/Berlin");
  }
}
