package dev.perch.certmon.issuer;

import dev.perch.kit.seal.Seal;
import dev.perch.kit.seal.SealedColumn;
import dev.perch.kit.timeline.Ids;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The table {@code issuer_secret}: what issuers elsewhere want of us, sealed. */
public final class IssuerSecrets {
  public static final SealedColumn COLUMN = new SealedColumn("issuer_secret", "sealed");

  private static final String SELECT =
      "select credential, id, sealed from issuer_secret where issuer_id = ?";
  private static final String KEEP =
      """
      insert into issuer_secret (id, issuer_id, credential, sealed, kek)
      values (?1, ?2, ?3, decode(?4, 'base64'), ?5)
      on conflict (issuer_id, credential)
      do update set id = excluded.id, sealed = excluded.sealed, kek = excluded.kek
      """;

  private final Seal seal;

  public IssuerSecrets(Seal seal) {
    this.seal = seal;
  }

  /** Keeps what was given in place of what there was; the rest stays. */
  Uni<Void> keep(Mutiny.StatelessSession session, UUID issuer, Credentials credentials) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Map.Entry<Credential, String> given : credentials.given().entrySet()) {
      all = all.chain(() -> keep(session, issuer, given.getKey(), given.getValue()));
    }
    return all;
  }

  private Uni<Void> keep(
      Mutiny.StatelessSession session, UUID issuer, Credential credential, String secret) {
    UUID id = Ids.next();
    byte[] open = secret.getBytes(StandardCharsets.UTF_8);
    try {
      byte[] sealed = seal.seal(open, COLUMN.binding(id));
      return session
          .createNativeQuery(KEEP)
          .setParameter(1, id)
          .setParameter(2, issuer)
          .setParameter(3, credential.name())
          .setParameter(4, Base64.getEncoder().encodeToString(sealed))
          .setParameter(5, Seal.versionOf(sealed))
          .executeUpdate()
          .replaceWithVoid();
    } finally {
      Arrays.fill(open, (byte) 0);
    }
  }

  Map<Credential, String> open(Connection connection, UUID issuer) throws SQLException {
    Map<Credential, String> secrets = new EnumMap<>(Credential.class);
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setObject(1, issuer);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          byte[] open = seal.open(row.getBytes(3), COLUMN.binding(row.getObject(2, UUID.class)));
          secrets.put(
              Credential.valueOf(row.getString(1)), new String(open, StandardCharsets.UTF_8));
          Arrays.fill(open, (byte) 0);
        }
      }
    }
    return secrets;
  }
}
