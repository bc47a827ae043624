package dev.perch.certmon.key;

import dev.perch.certmon.issue.KeyType;
import dev.perch.kit.seal.Seal;
import dev.perch.kit.seal.SealedColumn;
import dev.perch.kit.timeline.Ids;
import java.io.IOException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The table {@code private_key}. A key is sealed before it is written and opened to be used. */
public final class Keys {
  public static final SealedColumn COLUMN = new SealedColumn("private_key", "sealed");

  static {
    // Its static methods know no kind of key before there is a provider.
    var _ = new BouncyCastleProvider();
  }

  private static final String INSERT =
      "insert into private_key (id, algorithm, spki, sealed, kek) values (?, ?, ?, ?, ?)";
  private static final String SELECT = "select sealed, spki from private_key where id = ?";

  private final Seal seal;

  public Keys(Seal seal) {
    this.seal = seal;
  }

  /** A key that was made and sealed, and is not kept yet. */
  public record Made(UUID id, KeyType type, byte[] spki, byte[] sealed, KeyPair pair) {}

  /** Makes and seals a key; no transaction is open while that takes its time. */
  public Made make(KeyType type) {
    UUID id = Ids.next();
    KeyPair pair = type.generate();
    byte[] secret = pair.getPrivate().getEncoded();
    try {
      return new Made(
          id, type, pair.getPublic().getEncoded(), seal.seal(secret, COLUMN.binding(id)), pair);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  public void keep(Connection connection, Made key) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, key.id());
      insert.setString(2, key.type().name());
      insert.setBytes(3, key.spki());
      insert.setBytes(4, key.sealed());
      insert.setInt(5, Seal.versionOf(key.sealed()));
      insert.executeUpdate();
    }
  }

  /**
   * Opens a key.
   *
   * @throws SQLException also if there is none
   */
  public KeyPair open(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setObject(1, id);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("there is no key " + id);
        }
        return pair(seal.open(row.getBytes(1), COLUMN.binding(id)), row.getBytes(2));
      }
    }
  }

  private static KeyPair pair(byte[] secret, byte[] spki) throws SQLException {
    try {
      PrivateKey key = BouncyCastleProvider.getPrivateKey(PrivateKeyInfo.getInstance(secret));
      PublicKey open = BouncyCastleProvider.getPublicKey(SubjectPublicKeyInfo.getInstance(spki));
      return new KeyPair(open, key);
    } catch (IOException e) {
      throw new SQLException("a key cannot be read", e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
