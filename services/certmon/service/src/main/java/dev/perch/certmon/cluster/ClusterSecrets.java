package dev.perch.certmon.cluster;

import dev.perch.certmon.credential.SealedCredentials;
import dev.perch.certmon.credential.SealedCredentials.Opened;
import dev.perch.kit.seal.Seal;
import dev.perch.kit.seal.SealedColumn;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The table {@code cluster_secret}: what clusters know us by, sealed. */
public final class ClusterSecrets {
  private final SealedCredentials<ClusterCredential> table;

  public ClusterSecrets(Seal seal) {
    table = new SealedCredentials<>(seal, ClusterCredential.class, "cluster_secret", "cluster_id");
  }

  SealedColumn column() {
    return table.column();
  }

  /** Keeps what was given in place of all there was. */
  Uni<Void> replace(Mutiny.StatelessSession session, UUID cluster, ClusterCredentials credentials) {
    return table.replace(session, cluster, credentials.given());
  }

  Opened<ClusterCredential> open(Connection connection, UUID cluster) throws SQLException {
    return table.open(connection, cluster);
  }
}
