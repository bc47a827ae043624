package dev.perch.contract.inventory;

import dev.perch.contract.Resource;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host: the REST resource and the value on {@code perch.inventory.hosts}.
 *
 * @param id UUIDv7, never reused
 * @param siteId the site it stands in, for ever
 * @param name RFC 1123 host name, unique in its site
 * @param personality null if the writer is newer and uses a word this reader does not know
 * @param bmc where its management controller answers; never a secret
 * @param state observed, X.731; changed by actions and by what hosts report, never by a patch
 * @param version gap-free, starts at 1
 */
public record Host(
    UUID id,
    UUID siteId,
    String name,
    @Nullable Personality personality,
    Map<String, String> labels,
    @Nullable Bmc bmc,
    State state,
    long version,
    Instant createdAt,
    Instant updatedAt)
    implements Resource {

  public Host {
    labels = Map.copyOf(labels);
  }

  /** What the host is for. */
  public enum Personality {
    CONTROLLER,
    WORKER,
    STORAGE,
    ALL_IN_ONE
  }

  /**
   * The address of the management controller.
   *
   * @param address an {@code https} URL of its Redfish root, or a host name or IP address
   */
  public record Bmc(String address) {}

  /**
   * ITU-T X.731 state attributes and how far the host is in its life; one is null if the writer is
   * newer and uses a word this reader does not know.
   *
   * @param lifecycle null if the writer is older, too
   */
  public record State(
      @Nullable Administrative administrative,
      @Nullable Operational operational,
      @Nullable Availability availability,
      @Nullable Lifecycle lifecycle) {

    /** Of a host that was registered and never seen. */
    public static final State REGISTERED =
        new State(
            Administrative.LOCKED, Operational.DISABLED, Availability.UNKNOWN, Lifecycle.PLANNED);
  }

  public enum Administrative {
    LOCKED,
    UNLOCKED,
    SHUTTING_DOWN
  }

  public enum Operational {
    ENABLED,
    DISABLED
  }

  public enum Availability {
    AVAILABLE,
    DEGRADED,
    OFFLINE,
    FAILED,
    UNKNOWN
  }

  /** How far a host is in its life. */
  public enum Lifecycle {
    /** It is registered, or is to be replaced: no machine has been heard under this identity. */
    PLANNED,
    /** Its agent was heard. It has not been in service. */
    DISCOVERED,
    /** It was unlocked, and its agent has proven since that it is there. */
    IN_SERVICE,
    /** It was in service and is locked. */
    MAINTENANCE
  }
}
