package dev.perch.certmon.secret;

import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Publication;
import dev.perch.contract.certmon.Publication.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a certificate is in a Secret.
 *
 * @param revision the one that this is about; null while there is none
 * @param message for people
 */
record Verdict(@Nullable Integer revision, State state, @Nullable String message) {
  private static final int LONGEST = 500;

  Verdict {
    if (message != null && message.length() > LONGEST) {
      message = message.substring(0, LONGEST - 1) + "…";
    }
  }

  /** What is known of a target, or that nothing is. */
  static Publication known(Certificate certificate, int target, Instant now) {
    return find(certificate, target)
        .orElseGet(
            () ->
                new Publication(
                    target, null, State.PENDING, now.truncatedTo(ChronoUnit.MICROS), null));
  }

  static Optional<Publication> find(Certificate certificate, int target) {
    return certificate.publications().stream()
        .filter(known -> known.target() == target)
        .findFirst();
  }

  /** The publications of a certificate with this one in its place. */
  List<Publication> in(Certificate certificate, int target, Instant now) {
    List<Publication> all = new ArrayList<>();
    for (int i = 0; i < certificate.targets().size(); i++) {
      Publication known = known(certificate, i, now);
      all.add(i == target ? after(known, now) : known);
    }
    return all;
  }

  /** Since when is kept as long as the same is so of the same revision. */
  private Publication after(Publication before, Instant now) {
    boolean same = before.state() == state && Objects.equals(before.revision(), revision);
    return new Publication(
        before.target(),
        revision,
        state,
        same ? before.since() : now.truncatedTo(ChronoUnit.MICROS),
        message);
  }
}
