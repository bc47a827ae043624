package dev.perch.contract.certmon;

import dev.perch.contract.Resource;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes cluster that certificates are published to: the REST resource and the value on
 * {@code perch.certmon.clusters}. What it knows us by is never shown.
 *
 * @param id UUIDv7, never reused
 * @param siteId the site whose certificates are published to it; null if it is for those of none
 * @param name unique; targets name it, so it does not change
 * @param server the base of its API, {@code https://host:port}
 * @param anchors PEM of whom to trust at that address; null for those of the service's JVM
 * @param state observed; null if the writer is newer and uses a word this reader does not know
 * @param failure what is wrong, as long as it is
 * @param version gap-free, starts at 1
 */
public record Cluster(
    UUID id,
    @Nullable UUID siteId,
    String name,
    @Nullable String description,
    Map<String, String> labels,
    URI server,
    @Nullable String anchors,
    @Nullable State state,
    @Nullable Failure failure,
    long version,
    Instant createdAt,
    Instant updatedAt)
    implements Resource {

  public Cluster {
    labels = Map.copyOf(labels);
  }

  /** What it answered last. */
  public enum State {
    /** It was not asked yet, since it was made or changed. */
    PENDING,
    READY,
    /** It does not answer, or is not well. */
    UNREACHABLE,
    /** It does not know us, or is not who it should be. */
    REFUSED
  }
}
