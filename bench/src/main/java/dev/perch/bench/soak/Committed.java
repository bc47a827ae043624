package dev.perch.bench.soak;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What the database holds about a host of the soak's site: the whole truth.
 *
 * @param versions the newest, and how many there are
 * @param deleted whether the newest is its deletion
 */
record Committed(long versions, boolean deleted) {
  private static final String TIMELINE =
      """
      select resource_id, count(*), max(version), bool_or(what = 'deleted')
      from timeline where kind = 'host' and state::jsonb ->> 'siteId' = ?
      group by resource_id
      """;

  static final String CHECK = "the timeline has every version once";

  /** By host; gaps of the timeline itself are findings. */
  static Map<UUID, Committed> read(Connection inventory, UUID site, Findings findings)
      throws SQLException {
    findings.checked(CHECK);
    Map<UUID, Committed> hosts = new HashMap<>();
    try (PreparedStatement query = inventory.prepareStatement(TIMELINE)) {
      query.setString(1, site.toString());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          UUID id = row.getObject(1, UUID.class);
          if (row.getLong(2) != row.getLong(3)) {
            findings.add(CHECK, id + " has " + row.getLong(2) + " up to " + row.getLong(3));
          }
          hosts.put(id, new Committed(row.getLong(3), row.getBoolean(4)));
        }
      }
    }
    return hosts;
  }

  /** The rows of the table itself, by host: their versions. */
  static Map<UUID, Long> rows(Connection inventory, UUID site) throws SQLException {
    Map<UUID, Long> versions = new HashMap<>();
    try (PreparedStatement query =
        inventory.prepareStatement("select id, version from host where site_id = ?")) {
      query.setObject(1, site);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          versions.put(row.getObject(1, UUID.class), row.getLong(2));
        }
      }
    }
    return versions;
  }
}
