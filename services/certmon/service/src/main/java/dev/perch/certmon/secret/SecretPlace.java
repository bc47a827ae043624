package dev.perch.certmon.secret;

import dev.perch.certmon.kubernetes.Fingerprint;
import dev.perch.certmon.kubernetes.Outcome.Published;
import dev.perch.certmon.kubernetes.SecretName;
import dev.perch.contract.certmon.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Secret that a certificate is published to, or was.
 *
 * @param leaving it is no target any more, and the Secret is to go
 * @param revision what it was last seen to hold; null until then
 * @param resourceVersion of the Secret when it was seen so
 * @param fingerprint of the Secret when it was seen so
 * @param repairs when others' changes were taken back, newest last
 * @param contested the revision that is not written any more
 */
record SecretPlace(
    String cluster,
    SecretName name,
    UUID certificate,
    boolean leaving,
    @Nullable Integer revision,
    @Nullable String resourceVersion,
    @Nullable Fingerprint fingerprint,
    List<Instant> repairs,
    @Nullable Integer contested) {
  private static final Duration MEMORY = Duration.ofHours(1);
  private static final int PATIENCE = 3;

  SecretPlace {
    repairs = List.copyOf(repairs);
  }

  /** Its key in the queue; the parts have no slash. */
  String key() {
    return cluster + "/" + name;
  }

  boolean isOf(Target.Secret target) {
    return cluster.equals(target.cluster())
        && name.namespace().equals(target.namespace())
        && name.name().equals(target.name());
  }

  /** Whether nothing is written there, unless it is another revision. */
  boolean isContested(int number) {
    return contested != null && contested == number;
  }

  /**
   * It was seen to hold the revision. Somebody's change of it may have been taken back for that.
   */
  SecretPlace holding(int number, Published seen, Instant now) {
    // What we would have otherwise than before is no change of theirs.
    boolean repaired =
        seen.written()
            && Objects.equals(revision, number)
            && fingerprint != null
            && seen.fingerprint().isOfTheSame(fingerprint);
    List<Instant> all =
        Stream.concat(
                // Each revision is fought for anew.
                Objects.equals(revision, number) ? repairs.stream() : Stream.<Instant>empty(),
                repaired ? Stream.of(now) : Stream.<Instant>empty())
            .filter(at -> at.isAfter(now.minus(MEMORY)))
            .toList();
    return new SecretPlace(
        cluster,
        name,
        certificate,
        leaving,
        number,
        seen.resourceVersion(),
        seen.fingerprint(),
        all,
        all.size() > PATIENCE ? Integer.valueOf(number) : null);
  }

  /** Whether nobody had to be taken anything back from for as long as that is remembered. */
  boolean isQuiet(Instant now) {
    return repairs.stream().noneMatch(at -> at.isAfter(now.minus(MEMORY)));
  }

  /** The contest is over: it was seen to be as it should be. */
  SecretPlace left(String version) {
    return new SecretPlace(
        cluster, name, certificate, leaving, revision, version, fingerprint, List.of(), null);
  }
}
