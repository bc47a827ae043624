package dev.perch.certmon.issuer;

import dev.perch.certmon.credential.SealedCredentials;
import dev.perch.kit.seal.Seal;
import dev.perch.kit.seal.SealedColumn;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The table {@code issuer_secret}: what issuers elsewhere want of us, sealed. */
public final class IssuerSecrets {
  private final SealedCredentials<Credential> table;

  public IssuerSecrets(Seal seal) {
    table = new SealedCredentials<>(seal, Credential.class, "issuer_secret", "issuer_id");
  }

  SealedColumn column() {
    return table.column();
  }

  /** Keeps what was given in place of what there was; the rest stays. */
  Uni<Void> keep(Mutiny.StatelessSession session, UUID issuer, Credentials credentials) {
    return table.keep(session, issuer, credentials.given());
  }

  Map<Credential, String> open(Connection connection, UUID issuer) throws SQLException {
    return table.open(connection, issuer).secrets();
  }
}
