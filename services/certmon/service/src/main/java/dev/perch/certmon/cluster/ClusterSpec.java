package dev.perch.certmon.cluster;

import dev.perch.contract.certmon.Cluster;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says about a cluster. Its name does not change, since targets name it, nor does
 * its site.
 *
 * @param credentials only what is given now; what is kept is never read back
 */
record ClusterSpec(
    @Nullable UUID siteId,
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
        cluster.siteId(),
        cluster.name(),
        cluster.description(),
        cluster.labels(),
        cluster.server(),
        cluster.anchors(),
        null);
  }
}
