package dev.perch.certmon.cluster;

import dev.perch.certmon.credential.SealedCredentials.Opened;
import dev.perch.certmon.kubernetes.SecretPublisher;
import dev.perch.contract.certmon.Cluster;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections of this replica to clusters, one for all callers of each. What is asked for is
 * compared with the tables each time: where an operator changed how a cluster is reached, the next
 * caller reaches it so.
 */
public final class Connections implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ClusterSecrets secrets;
  private final Map<UUID, Open> open = new ConcurrentHashMap<>();

  public Connections(ClusterSecrets secrets) {
    this.secrets = secrets;
  }

  /**
   * A way to a cluster.
   *
   * @param cluster as the table has it
   * @param version another one as soon as it is reached otherwise; tells no secret
   * @param publisher not to be closed by who gets it
   */
  public record Connected(
      Cluster cluster,
      dev.perch.certmon.kubernetes.Cluster access,
      String version,
      SecretPublisher publisher) {

    /** Whether it is worth asking: one that does not answer is asked by {@link ClusterWork}. */
    public boolean isAnswering() {
      return cluster.state() != Cluster.State.UNREACHABLE
          && cluster.state() != Cluster.State.REFUSED;
    }
  }

  private record Open(
      dev.perch.certmon.kubernetes.Cluster access, String version, SecretPublisher publisher) {}

  /** Empty if there is no cluster of that name. */
  public Optional<Connected> named(Connection connection, String name) throws SQLException {
    Optional<Cluster> found = ClusterTable.named(connection, name);
    return found.isEmpty() ? Optional.empty() : Optional.of(of(connection, found.get()));
  }

  Optional<Connected> find(Connection connection, UUID id) throws SQLException {
    Optional<Cluster> found = ClusterTable.find(connection, id);
    return found.isEmpty() ? Optional.empty() : Optional.of(of(connection, found.get()));
  }

  /** The way to a cluster that an operator describes, whether it is kept or not. */
  static dev.perch.certmon.kubernetes.Cluster access(ClusterSpec spec, ClusterCredentials by) {
    return new dev.perch.certmon.kubernetes.Cluster(
        spec.name(), spec.server(), spec.anchors(), by.credential(), TIMEOUT);
  }

  private Connected of(Connection connection, Cluster cluster) throws SQLException {
    Opened<ClusterCredential> opened = secrets.open(connection, cluster.id());
    String version = cluster.server() + "\n" + cluster.anchors() + "\n" + opened.version();
    Open now =
        open.compute(
            cluster.id(),
            (id, known) ->
                known != null && known.version().equals(version)
                    ? known
                    : opened(cluster, opened, version, known));
    return new Connected(cluster, now.access(), version, now.publisher());
  }

  private static Open opened(
      Cluster cluster, Opened<ClusterCredential> by, String version, @Nullable Open before) {
    var access = access(ClusterSpec.of(cluster), ClusterCredentials.of(by.secrets()));
    Open now = new Open(access, version, new SecretPublisher(access));
    if (before != null) {
      // Whoever is using it finds the cluster unreachable and tries again.
      before.publisher().close();
    }
    return now;
  }

  /** Ends the connections to clusters that are not there any more. */
  public void retain(Connection connection) throws SQLException {
    Set<UUID> there = ClusterTable.ids(connection);
    open.forEach(
        (id, one) -> {
          if (!there.contains(id) && open.remove(id, one)) {
            one.publisher().close();
          }
        });
  }

  @Override
  public void close() {
    open.values().forEach(one -> one.publisher().close());
    open.clear();
  }
}
