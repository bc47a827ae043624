package dev.perch.certmon.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.certmon.kubernetes.Fingerprint;
import dev.perch.certmon.kubernetes.Outcome.Published;
import dev.perch.certmon.kubernetes.SecretName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How often somebody else's change is taken back. */
class SecretPlaceTest {
  private static final Instant START = Instant.parse("2026-11-01T08:30:00Z");

  private final SecretPlace fresh =
      new SecretPlace(
          "north-1",
          new SecretName("edge", "web"),
          UUID.randomUUID(),
          false,
          null,
          null,
          null,
          List.of(),
          null);

  @Test
  void thatItIsWrittenForTheFirstTimeOrIsRightAlreadyTakesNothingBack() {
    SecretPlace place =
        fresh.holding(1, seen(true, "a"), START).holding(1, seen(false, "a"), START);

    assertThat(place.repairs()).isEmpty();
    assertThat(place.isContested(1)).isFalse();
  }

  @Test
  void theFourthChangeWithinAnHourIsAContestAndTheNextRevisionIsNone() {
    SecretPlace place = fresh.holding(1, seen(true, "a"), START);
    for (int minute = 1; minute <= 3; minute++) {
      place = place.holding(1, seen(true, "a"), at(minute));
    }
    assertThat(place.isContested(1)).isFalse();

    place = place.holding(1, seen(true, "a"), at(59));

    assertThat(place.isContested(1)).isTrue();
    assertThat(place.isContested(2)).isFalse();
    assertThat(place.isQuiet(at(118))).isFalse();
    assertThat(place.isQuiet(at(119))).isTrue();
    assertThat(place.holding(2, seen(true, "b"), at(60)).repairs()).isEmpty();
  }

  @Test
  void fourChangesInMoreThanAnHourAreNone() {
    SecretPlace place = fresh.holding(1, seen(true, "a"), START);
    for (int minute = 1; minute <= 101; minute += 20) {
      place = place.holding(1, seen(true, "a"), at(minute));
    }

    assertThat(place.isContested(1)).isFalse();
    assertThat(place.repairs()).hasSize(3);
  }

  @Test
  void whatIsToBeThereOtherwiseThanBeforeTakesNothingBack() {
    SecretPlace place = fresh.holding(1, seen(true, "a"), START);

    place = place.holding(1, seen(true, "other authorities"), at(1));

    assertThat(place.repairs()).isEmpty();
  }

  @Test
  void storesAreTakenBackThoughTheyAreOtherBytesEachTime() {
    SecretPlace place = fresh.holding(1, withStores("first"), START);

    place = place.holding(1, withStores("second"), at(1));

    assertThat(place.repairs()).hasSize(1);
  }

  private static Published withStores(String store) {
    return new Published(
        new Fingerprint(new TreeMap<>(Map.of("data.tls.crt", "a", "data.keystore.p12", store))),
        "7",
        true,
        List.of());
  }

  private static Instant at(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }

  private static Published seen(boolean written, String content) {
    return new Published(
        new Fingerprint(new TreeMap<>(Map.of("data.tls.crt", content))), "7", written, List.of());
  }
}
