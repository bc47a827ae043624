package dev.perch.inventory.host;

import dev.perch.contract.Catalogue;
import dev.perch.contract.Cause;
import dev.perch.contract.inventory.Host;
import dev.perch.kit.timeline.Instants;
import dev.perch.kit.timeline.Timeline;
import org.jspecify.annotations.Nullable;

/** Versions of hosts, as the timeline takes them. */
final class HostVersions {
  private HostVersions() {}

  /** The next version, in another state. */
  static Host next(Host before, Host.State state) {
    return new Host(
        before.id(),
        before.siteId(),
        before.name(),
        before.personality(),
        before.labels(),
        before.bmc(),
        state,
        before.version() + 1,
        before.createdAt(),
        Instants.after(before.updatedAt()));
  }

  /** The next version, as an operator wants it. */
  static Host next(Host before, HostSpec spec) {
    return new Host(
        before.id(),
        before.siteId(),
        spec.name(),
        spec.personality(),
        spec.labels(),
        spec.bmc(),
        before.state(),
        before.version() + 1,
        before.createdAt(),
        Instants.after(before.updatedAt()));
  }

  /**
   * What leads from one version to the next.
   *
   * @param before null on creation
   * @param after null on deletion
   */
  static Timeline.Version of(@Nullable Host before, @Nullable Host after, Cause cause) {
    return Timeline.Version.of(Catalogue.HOSTS, before, after, cause);
  }
}
