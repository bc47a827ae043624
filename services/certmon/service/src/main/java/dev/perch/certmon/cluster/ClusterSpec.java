package dev.perch.certmon.cluster;

import dev.perch.contract.certmon.Cluster;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says about a cluster. Its name does not change: targets name it.
 *
 * @param credentials only what is given now; what is kept is never read back
 */
record ClusterSpec(
    String name,
    @Nullable String description,
    Map<String, String> labels,
    URI server,
    @Nullable String anchors,
    @Nullable ClusterCredentials credentials) {

  ClusterSpec {
    labels = Map.copyOf(labels);
  }

  static ClusterSpec of(Cluster cluster) {
    return new ClusterSpec(
        cluster.name(),
        cluster.description(),
        cluster.labels(),
        cluster.server(),
        cluster.anchors(),
        null);
  }
}
