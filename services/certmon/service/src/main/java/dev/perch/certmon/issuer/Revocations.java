package dev.perch.certmon.issuer;

import dev.perch.certmon.issue.RevocationReason;
import dev.perch.certmon.issue.Revoked;
import dev.perch.kit.reconcile.WorkItems;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What has been revoked of what an issuer signed. */
public final class Revocations {
  private static final String ALL =
      """
      select serial, revoked_at, reason from revision
      where issuer_id = ? and status = 'REVOKED' and not_after > now() order by revoked_at, serial
      """;

  private Revocations() {}

  /** All that is revoked and has not run out. */
  static List<Revoked> of(Connection connection, UUID issuer) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ALL)) {
      select.setObject(1, issuer);
      List<Revoked> all = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          all.add(
              new Revoked(
                  new BigInteger(row.getString(1), 16),
                  row.getObject(2, OffsetDateTime.class).toInstant(),
                  RevocationReason.valueOf(row.getString(3))));
        }
      }
      return all;
    }
  }

  /**
   * Has the issuer's list made anew. Part of the transaction that revokes, before its commit: a
   * list that is being made meanwhile is not the last one.
   */
  public static void added(Connection connection, WorkItems items, UUID issuer)
      throws SQLException {
    IssuerKeys.setListStale(connection, issuer);
    items.wake(connection, IssuerWork.QUEUE, Set.of(issuer.toString()));
  }
}
