package dev.perch.inventory.host;

import dev.perch.contract.inventory.Host;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an operator says about a host: everything of it that a patch may change. */
record HostSpec(
    String name, Host.Personality personality, Map<String, String> labels, Host.@Nullable Bmc bmc) {

  HostSpec {
    labels = Map.copyOf(labels);
  }

  static HostSpec of(Host host) {
    return new HostSpec(
        host.name(), Objects.requireNonNull(host.personality()), host.labels(), host.bmc());
  }
}
