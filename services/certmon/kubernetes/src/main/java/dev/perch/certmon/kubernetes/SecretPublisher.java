package dev.perch.certmon.kubernetes;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps certificates in the Secrets of one cluster, by server-side apply.
 *
 * <p>What it wrote itself and others changed by hand, it takes back. What others own it does not
 * take: neither a Secret it never wrote, nor a part that another program declares by apply. Methods
 * block; any number of threads may call them, sixteen at a time reach the cluster.
 */
public final class SecretPublisher implements AutoCloseable {
  private static final int ATTEMPTS = 4;

  private final Api api;

  public SecretPublisher(Cluster cluster) {
    this.api = new Api(cluster);
  }

  /**
   * Makes the Secret what it should be, all of it in one write, and reads it again. Where it is so
   * already, nothing is written.
   */
  public Outcome publish(SecretTarget target, Material material) {
    return publish(target, material, () -> {});
  }

  /**
   * As {@link #publish(SecretTarget, Material)}, for callers that others may replace.
   *
   * @param guard runs before each write, after the look that it is made over; what it throws ends
   *     all of it
   */
  public Outcome publish(SecretTarget target, Material material, Runnable guard) {
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Optional<Outcome> outcome = tryToPublish(target, material, guard);
        if (outcome.isPresent()) {
          return outcome.get();
        }
      }
      return new Outcome.Failed(
          new Failure.Busy(target.name() + " was changed by others each time it was written"));
    } catch (ApiFailure e) {
      return new Outcome.Failed(e.failure());
    }
  }

  /**
   * Reads the Secret and compares.
   *
   * @param expected as {@link Outcome.Published} had it
   */
  public Inspection inspect(SecretName name, Fingerprint expected) {
    try {
      Optional<ExistingSecret> read = read(name).filter(secret -> !secret.isTerminating());
      if (read.isEmpty()) {
        return new Inspection.Missing();
      }
      ExistingSecret secret = read.get();
      List<String> parts = expected.differences(secret.fingerprint());
      if (parts.isEmpty()) {
        return new Inspection.Intact(secret.resourceVersion());
      }
      return new Inspection.Drifted(
          secret.resourceVersion(),
          parts,
          parts.stream()
              .flatMap(part -> secret.ownersOf(Part.parse(part)).stream())
              .map(ExistingSecret.Owner::name)
              .distinct()
              .toList());
    } catch (ApiFailure e) {
      return new Inspection.Failed(e.failure());
    }
  }

  /**
   * Deletes the Secret if it holds that certificate and was published by us.
   *
   * @return why it is still there; empty also if it is somebody else's
   */
  public Optional<Failure> withdraw(SecretName name, UUID certificate) {
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Optional<ExistingSecret> found =
            read(name)
                .filter(secret -> !secret.isTerminating())
                .filter(secret -> Claim.isFor(secret, certificate.toString()))
                .filter(ExistingSecret::isAppliedByUs);
        if (found.isEmpty() || delete(name, found.get())) {
          return Optional.empty();
        }
      }
      return Optional.of(new Failure.Busy(name + " was changed by others all the time"));
    } catch (ApiFailure e) {
      return Optional.of(e.failure());
    }
  }

  /**
   * What stands in the way of publishing.
   *
   * @param namespaces those to publish in
   * @return nothing if all is well
   */
  public List<Finding> check(Collection<String> namespaces) {
    return new Access(api).check(namespaces);
  }

  @Override
  public void close() {
    api.close();
  }

  /** Empty if somebody else came between. */
  private Optional<Outcome> tryToPublish(SecretTarget target, Material material, Runnable guard)
      throws ApiFailure {
    SecretName name = target.name();
    Optional<ExistingSecret> found = read(name);
    if (found.isPresent() && found.get().isTerminating()) {
      return failed(
          new Failure.Terminating(
              name + " is deleted, and kept by finalizers: " + found.get().finalizers()));
    }
    Intent intent = new Intent(name, material, stores(target, material, found));
    Claim claim = Claim.of(intent, found);
    return switch (claim) {
      case Claim.Settled(ExistingSecret secret) ->
          Optional.of(published(secret, intent, false, List.of()));
      case Claim.Rivals rivals ->
          Optional.of(new Outcome.Contested(rivals.detail(), rivals.parts(), rivals.owners()));
      case Claim.Fixed(String detail) -> failed(new Failure.Refused(detail));
      case Claim.Open(boolean force, List<String> repairs) -> {
        guard.run();
        yield write(intent, found, force, repairs);
      }
    };
  }

  private Optional<Outcome> write(
      Intent intent, Optional<ExistingSecret> over, boolean force, List<String> repairs)
      throws ApiFailure {
    try {
      api.apply(intent.name().path(), force, intent.body(over));
    } catch (ApiFailure.Conflict someoneElse) {
      return Optional.empty();
    }
    return read(intent.name())
        .filter(secret -> !secret.isTerminating() && intent.differences(secret).isEmpty())
        .map(secret -> published(secret, intent, true, repairs));
  }

  private static Outcome published(
      ExistingSecret read, Intent intent, boolean written, List<String> repaired) {
    return new Outcome.Published(intent.fingerprint(), read.resourceVersion(), written, repaired);
  }

  private Map<String, byte[]> stores(
      SecretTarget target, Material material, Optional<ExistingSecret> found) throws ApiFailure {
    return target.stores() == null
        ? Map.of()
        : new StoreKeys(this::read).make(target.name(), target.stores(), material, found);
  }

  private Optional<ExistingSecret> read(SecretName name) throws ApiFailure {
    return api.find(name.path()).map(ExistingSecret::new);
  }

  private boolean delete(SecretName name, ExistingSecret secret) throws ApiFailure {
    Map<String, String> preconditions =
        Map.of("uid", secret.uid(), "resourceVersion", secret.resourceVersion());
    try {
      api.delete(name.path(), Map.of("preconditions", preconditions));
      return true;
    } catch (ApiFailure.Conflict changed) {
      return false;
    }
  }

  private static Optional<Outcome> failed(Failure failure) {
    return Optional.of(new Outcome.Failed(failure));
  }
}
