package dev.perch.certmon.kubernetes;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Whether a Secret may be written.
 *
 * <p>A change somebody made (an {@code Update} in the words of Kubernetes) is drift, if the Secret
 * is ours: it is taken back. A declaration (an {@code Apply}) is made again whenever it is not met,
 * so against another's there is nothing to win.
 */
sealed interface Claim {

  /** It is as it should be, and ours. */
  record Settled(ExistingSecret secret) implements Claim {}

  /** It may be written: with force, what others have changed is taken from them. */
  record Open(boolean force, List<String> repairs) implements Claim {}

  /** Others own it, or parts of it. */
  record Rivals(String detail, List<String> parts, List<String> owners) implements Claim {}

  /** It cannot be changed. */
  record Fixed(String detail) implements Claim {}

  static Claim of(Intent intent, Optional<ExistingSecret> found) {
    return found.map(secret -> of(intent, secret)).orElseGet(() -> new Open(false, List.of()));
  }

  /** Whether a Secret says that it holds the certificate. */
  static boolean isFor(ExistingSecret secret, String certificate) {
    return secret.text(Intent.CERTIFICATE).filter(certificate::equals).isPresent();
  }

  private static Claim of(Intent intent, ExistingSecret secret) {
    List<Part> differences = intent.differences(secret);
    Optional<Claim> rivals = rivals(intent, secret, differences);
    if (rivals.isPresent()) {
      return rivals.get();
    }
    if (!secret.type().equals(Intent.TYPE)) {
      return new Fixed(
          "its type is %s and cannot be changed to %s: delete it"
              .formatted(secret.type(), Intent.TYPE));
    }
    boolean ours = isOurs(intent, secret);
    if (ours && differences.isEmpty() && secret.appliedByUs().equals(intent.parts())) {
      return new Settled(secret);
    }
    if (secret.isImmutable() && touchesData(differences)) {
      return new Fixed("it is marked as immutable: delete it, and it is published again");
    }
    boolean sameRevision =
        secret.text(Intent.REVISION).equals(intent.text(Intent.REVISION)) && ours;
    return new Open(ours, sameRevision ? names(differences) : List.of());
  }

  private static Optional<Claim> rivals(
      Intent intent, ExistingSecret secret, List<Part> differences) {
    Optional<String> holds = secret.text(Intent.CERTIFICATE);
    if (holds.isPresent() && !isFor(secret, intent.certificate())) {
      return Optional.of(
          new Rivals(
              "it holds certificate " + holds.get(),
              List.of(Intent.CERTIFICATE.toString()),
              owners(secret, List.of(Intent.CERTIFICATE), false)));
    }
    boolean ours = isOurs(intent, secret);
    List<Part> claimed =
        differences.stream()
            .filter(part -> secret.value(part).isPresent())
            .filter(part -> !ours || !owners(secret, List.of(part), true).isEmpty())
            .toList();
    if (claimed.isEmpty()) {
      return Optional.empty();
    }
    List<String> owners = owners(secret, claimed, ours);
    String detail =
        ours
            ? "%s declared otherwise by %s".formatted(names(claimed), owners)
            : "it was not published by Perch; delete it, or choose another name";
    return Optional.of(new Rivals(detail, names(claimed), owners));
  }

  private static boolean isOurs(Intent intent, ExistingSecret secret) {
    return isFor(secret, intent.certificate()) || secret.isAppliedByUs();
  }

  private static boolean touchesData(List<Part> parts) {
    return parts.stream().anyMatch(part -> part.place() == Part.Place.DATA);
  }

  private static List<String> owners(
      ExistingSecret secret, Collection<Part> parts, boolean declaring) {
    SequencedSet<String> names = new LinkedHashSet<>();
    for (Part part : parts) {
      for (ExistingSecret.Owner owner : secret.ownersOf(part)) {
        if (owner.declares() || !declaring) {
          names.add(owner.name());
        }
      }
    }
    return List.copyOf(names);
  }

  private static List<String> names(Collection<Part> parts) {
    return parts.stream().map(Part::toString).toList();
  }
}
