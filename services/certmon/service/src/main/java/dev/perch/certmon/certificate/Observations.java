package dev.perch.certmon.certificate;

import dev.perch.certmon.issuer.IssuerStates;
import dev.perch.contract.Cause;
import dev.perch.contract.certmon.Certificate;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.timeline.ResourceBook;
import dev.perch.kit.timeline.Timeline;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What time does to certificates and issuers. */
@ApplicationScoped
public class Observations {
  private static final Cause EXPIRED = new Cause("service:certmon", "certificate.expire", null);
  private static final String REFUSED =
      """
      select id, document #>> '{failure,detail}' from certificate
      where document #>> '{failure,code}' = 'refused'
      """;

  private final Database database;
  private final ResourceBook<Certificate> certificates;
  private final IssuerStates issuers;

  Observations(Database database, Timeline timeline, IssuerStates issuers) {
    this.database = database;
    this.issuers = issuers;
    certificates = new ResourceBook<>(Certificates.KIND, timeline);
  }

  /**
   * It has run out.
   *
   * @param kind {@code certificates} or {@code issuers}
   */
  public void expired(String kind, UUID id) throws SQLException {
    if (kind.equals("issuers")) {
      issuers.expired(id);
      return;
    }
    database.run(connection -> certificates.change(connection, id, Next::expired, EXPIRED));
    certificates.published();
  }

  /** Certificates for which an issuer returned something else than what was asked for, and what. */
  public static Map<UUID, String> refused(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(REFUSED);
        ResultSet row = select.executeQuery()) {
      Map<UUID, String> refused = new HashMap<>();
      while (row.next()) {
        refused.put(row.getObject(1, UUID.class), row.getString(2));
      }
      return refused;
    }
  }
}
