package dev.perch.certmon.renewal;

import dev.perch.contract.certmon.Certificate.Renewal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When a revision is renewed, and how that came about. The same revision under the same policy has
 * the same plan, on every replica and after every restart.
 *
 * @param due by the policy alone, or as its issuer suggests
 * @param jitter how much earlier, so that what was issued together is not renewed together: up to a
 *     thirtieth of its life
 * @param window the begin of the window it was moved into; null if it was not
 * @param latest the emergency floor: it is not renewed later, whatever the windows
 * @param at when
 */
public record RenewalPlan(
    Instant due, Duration jitter, @Nullable Instant window, Instant latest, Instant at) {
  /** Of a certificate's life, what is left at least when it is renewed. */
  private static final int FLOOR = 20;

  private static final int JITTER = 30;

  /**
   * @param look how often the service looks: twice this is left at least
   * @param suggested what its issuer says; it comes before the policy's time, and its end before
   *     all windows. Null if that says nothing
   */
  public static RenewalPlan of(
      UUID certificate,
      int revision,
      Validity validity,
      Renewal policy,
      Duration look,
      @Nullable Suggestion suggested) {
    double luck = luck(certificate, revision);
    Instant floor = latest(validity, look);
    if (suggested != null) {
      return placed(
          validity,
          policy,
          suggested.at(luck),
          Duration.ZERO,
          earlier(floor, suggested.end()),
          luck);
    }
    Duration jitter = Duration.ofMillis((long) (luck * validity.life().toMillis() / JITTER));
    return placed(validity, policy, due(validity, policy), jitter, floor, luck);
  }

  private static RenewalPlan placed(
      Validity validity,
      Renewal policy,
      Instant due,
      Duration jitter,
      Instant latest,
      double luck) {
    Duration life = validity.life();
    Instant wanted = earlier(due.minus(jitter), latest);
    if (wanted.isBefore(validity.notBefore())) {
      wanted = validity.notBefore();
    }
    // Not in the first half of its life for the sake of a window: that would cost issuances.
    Instant earliest = earlier(validity.notBefore().plus(life.dividedBy(2)), wanted);
    Optional<Windows.Slot> slot = Windows.of(policy.windows()).near(wanted, earliest, latest, luck);
    return new RenewalPlan(
        due,
        jitter,
        slot.map(Windows.Slot::begin).orElse(null),
        latest,
        slot.map(Windows.Slot::at).orElse(wanted));
  }

  private static Instant due(Validity validity, Renewal policy) {
    Duration life = validity.life();
    Duration before = policy.before();
    if (before != null && before.isPositive() && before.compareTo(life) < 0) {
      return validity.notAfter().minus(before);
    }
    Integer percent = policy.percent();
    return percent != null
        ? validity.notBefore().plus(life.multipliedBy(percent).dividedBy(100))
        : validity.notAfter().minus(life.dividedBy(3));
  }

  private static Instant latest(Validity validity, Duration look) {
    Duration twentieth = validity.life().dividedBy(FLOOR);
    Duration twice = look.multipliedBy(2);
    Instant latest = validity.notAfter().minus(twentieth.compareTo(twice) > 0 ? twentieth : twice);
    return latest.isBefore(validity.notBefore()) ? validity.notBefore() : latest;
  }

  /** In [0, 1), the same for the same revision. */
  private static double luck(UUID certificate, int revision) {
    long seed = certificate.getMostSignificantBits() ^ certificate.getLeastSignificantBits();
    return new SplittableRandom(seed + 0x9E3779B97F4A7C15L * revision).nextDouble();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
