package dev.perch.certmon.credential;

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
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * A table of secrets of one kind of resource, sealed: columns {@code id}, {@code credential},
 * {@code sealed}, {@code kek} and the resource's.
 */
public final class SealedCredentials<C extends Enum<C> & CredentialKind> {
  private static final String SELECT = "select credential, id, sealed from %s where %s = ?";
  private static final String KEEP =
      """
      insert into %1$s (id, %2$s, credential, sealed, kek)
      values (?1, ?2, ?3, decode(?4, 'base64'), ?5)
      on conflict (%2$s, credential)
      do update set id = excluded.id, sealed = excluded.sealed, kek = excluded.kek
      """;
  private static final String FORGET = "delete from %s where %s = ?1";

  private final Seal seal;
  private final Class<C> type;
  private final SealedColumn column;
  private final String select;
  private final String keep;
  private final String forget;

  /**
   * @param table whose column {@code sealed} is sealed
   * @param owner the column that names the resource
   */
  public SealedCredentials(Seal seal, Class<C> type, String table, String owner) {
    this.seal = seal;
    this.type = type;
    this.column = new SealedColumn(table, "sealed");
    this.select = SELECT.formatted(table, owner);
    this.keep = KEEP.formatted(table, owner);
    this.forget = FORGET.formatted(table, owner);
  }

  /** To be sealed anew when the key-encryption key is rotated. */
  public SealedColumn column() {
    return column;
  }

  /**
   * Secrets that were opened.
   *
   * @param version another one as soon as any of them was given anew; tells nothing of them
   */
  public record Opened<C extends Enum<C>>(Map<C, String> secrets, String version) {
    @Override
    public String toString() {
      return "Opened" + secrets.keySet();
    }
  }

  /** Keeps what was given in place of what there was; the rest stays. */
  public Uni<Void> keep(Mutiny.StatelessSession session, UUID owner, Map<C, String> given) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Map.Entry<C, String> one : given.entrySet()) {
      all = all.chain(() -> keep(session, owner, one.getKey(), one.getValue()));
    }
    return all;
  }

  /** Keeps what was given and nothing else. */
  public Uni<Void> replace(Mutiny.StatelessSession session, UUID owner, Map<C, String> given) {
    return session
        .createNativeQuery(forget)
        .setParameter(1, owner)
        .executeUpdate()
        .chain(() -> keep(session, owner, given));
  }

  private Uni<Void> keep(Mutiny.StatelessSession session, UUID owner, C credential, String secret) {
    UUID id = Ids.next();
    byte[] open = secret.getBytes(StandardCharsets.UTF_8);
    try {
      byte[] sealed = seal.seal(open, column.binding(id));
      return session
          .createNativeQuery(keep)
          .setParameter(1, id)
          .setParameter(2, owner)
          .setParameter(3, credential.name())
          .setParameter(4, Base64.getEncoder().encodeToString(sealed))
          .setParameter(5, Seal.versionOf(sealed))
          .executeUpdate()
          .replaceWithVoid();
    } finally {
      Arrays.fill(open, (byte) 0);
    }
  }

  public Opened<C> open(Connection connection, UUID owner) throws SQLException {
    Map<C, String> secrets = new EnumMap<>(type);
    Map<String, UUID> rows = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      statement.setObject(1, owner);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          UUID id = row.getObject(2, UUID.class);
          byte[] open = seal.open(row.getBytes(3), column.binding(id));
          secrets.put(
              Enum.valueOf(type, row.getString(1)), new String(open, StandardCharsets.UTF_8));
          rows.put(row.getString(1), id);
          Arrays.fill(open, (byte) 0);
        }
      }
    }
    return new Opened<>(secrets, rows.toString());
  }
}
