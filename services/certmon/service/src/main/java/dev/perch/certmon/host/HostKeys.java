package dev.perch.certmon.host;

import dev.perch.contract.certmon.KeyAlgorithm;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code host_key}, in transactions that hold the certificate's row. */
public final class HostKeys {
  private static final String COLUMNS =
      "select name, certificate_id, host_id, algorithm, awaited, asked_at, spki,"
          + " lost_at is not null from host_key k";

  private static final String NEXT =
      "update certificate set host_keys = host_keys + 1 where id = ? returning host_keys";
  private static final String INSERT =
      "insert into host_key (name, certificate_id, host_id, algorithm) values (?, ?, ?, ?)";
  private static final String AWAIT =
      "update host_key set awaited = true, asked_at = clock_timestamp() where name = ?";
  private static final String TAKE = "update host_key set awaited = false, spki = ? where name = ?";

  /** One that was never taken is nobody's: its name is not used again either. */
  private static final String GIVE_UP =
      "delete from host_key where certificate_id = ? and awaited and spki is null";

  private static final String STOP =
      "update host_key set awaited = false where certificate_id = ? and awaited";

  private static final String LOSE =
      """
      update host_key set lost_at = clock_timestamp()
      where certificate_id = ? and host_id = ? and name = any (?) and spki is not null
        and lost_at is null
      """;

  /** A host that loses one key after another has another ailment than a new key heals. */
  private static final String REPLACED_FROM =
      """
      select case when (select count(*) from host_key o where o.certificate_id = k.certificate_id
            and o.lost_at > k.lost_at - interval '1 hour') > 3
          then k.lost_at + interval '1 hour' else k.lost_at end
      from host_key k where name = ? and lost_at is not null
      """;

  private static final String USED =
      """
      select exists (select from host_key where spki = ? and name <> ?)
        or exists (select from private_key where spki = ?)
      """;

  /** The host keeps those that are awaited, asked for, in use, or that can be rolled back to. */
  private static final String NEEDED =
      COLUMNS
          + """
             where certificate_id = ? and host_id = ? and (awaited
              or exists (select from issuance i
                where i.certificate_id = k.certificate_id and i.host_key = k.name)
              or exists (select from revision r
                where r.certificate_id = k.certificate_id and r.host_key = k.name
                  and r.status in ('ACTIVE', 'SUPERSEDED')))
            order by name
            """;

  private HostKeys() {}

  public static Optional<HostKey> find(Connection connection, String name) throws SQLException {
    return read(connection, COLUMNS + " where name = ?", name).stream().findFirst();
  }

  /** The one whose request is waited for. */
  public static Optional<HostKey> awaited(Connection connection, UUID certificate)
      throws SQLException {
    return read(connection, COLUMNS + " where certificate_id = ? and awaited", certificate).stream()
        .findFirst();
  }

  /** Those that the host has to keep or make, in the order of their names. */
  static List<HostKey> needed(Connection connection, UUID certificate, UUID host)
      throws SQLException {
    return read(connection, NEEDED, certificate, host);
  }

  /** A new key is waited for from now on, and no other. */
  public static void ask(Connection connection, UUID certificate, UUID host, KeyAlgorithm algorithm)
      throws SQLException {
    giveUp(connection, certificate);
    int number;
    try (PreparedStatement next = connection.prepareStatement(NEXT)) {
      next.setObject(1, certificate);
      try (ResultSet row = next.executeQuery()) {
        row.next();
        number = row.getInt(1);
      }
    }
    String name = certificate.toString().replace("-", "") + "-" + number;
    update(connection, INSERT, name, certificate, host, algorithm.name());
  }

  /** A request of a key that there is, is waited for from now on, and no other. */
  public static void askAgain(Connection connection, HostKey key) throws SQLException {
    giveUp(connection, key.certificate());
    update(connection, AWAIT, key.name());
  }

  /** Its request was taken: nobody else's key is this one from now on. */
  public static void take(Connection connection, HostKey key, String spki) throws SQLException {
    update(connection, TAKE, spki, key.name());
  }

  public static void giveUp(Connection connection, UUID certificate) throws SQLException {
    update(connection, GIVE_UP, certificate);
    update(connection, STOP, certificate);
  }

  /** The host has these no more; answers whether that is news. */
  static boolean lose(Connection connection, UUID certificate, UUID host, Collection<String> names)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(LOSE)) {
      update.setObject(1, certificate);
      update.setObject(2, host);
      update.setArray(3, connection.createArrayOf("text", names.toArray()));
      return update.executeUpdate() > 0;
    }
  }

  /**
   * From when on another key takes the place of a lost one: at once, but of the fourth that is lost
   * within an hour only after another hour. Empty if it is not lost.
   */
  public static Optional<Instant> replacedFrom(Connection connection, String name)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(REPLACED_FROM)) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(row.getObject(1, OffsetDateTime.class).toInstant())
            : Optional.empty();
      }
    }
  }

  /** Whether a public key was taken under another name, or is one whose private half is here. */
  public static boolean isUsed(Connection connection, HostKey key, String spki, PublicKey publicKey)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(USED)) {
      select.setString(1, spki);
      select.setString(2, key.name());
      select.setBytes(3, publicKey.getEncoded());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static void update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      update.executeUpdate();
    }
  }

  private static List<HostKey> read(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        select.setObject(i + 1, values[i]);
      }
      List<HostKey> keys = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          keys.add(
              new HostKey(
                  row.getString(1),
                  row.getObject(2, UUID.class),
                  row.getObject(3, UUID.class),
                  KeyAlgorithm.valueOf(row.getString(4)),
                  row.getBoolean(5),
                  row.getObject(6, OffsetDateTime.class).toInstant(),
                  row.getString(7),
                  row.getBoolean(8)));
        }
      }
      return keys;
    }
  }
}
