package dev.perch.certmon.assignment;

import dev.perch.certmon.certificate.CertificateSpec;
import dev.perch.certmon.certificate.Certificates;
import dev.perch.certmon.host.KnownHosts;
import dev.perch.certmon.host.KnownHosts.KnownHost;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.CertificateRule;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a rule would do, host by host; nothing is changed.
 *
 * @param totals how many hosts there are of each kind, also beyond those that are shown
 * @param items the first of them, in the order of their names
 */
record Preview(Map<What, Integer> totals, List<Line> items) {
  private static final int MOST = 1000;
  private static final int AT_ONCE = 1000;
  private static final String OWN =
      """
      select a.host_id, c.document::text from assignment a
      join certificate c on c.id = a.certificate_id where a.rule_id = ?
      """;
  private static final String TAKEN = "select id from certificate where site_id = ? and name = ?";

  Preview {
    totals = Map.copyOf(totals);
    items = List.copyOf(items);
  }

  /** What becomes of a host's certificate. */
  enum What {
    /** It gets one. */
    NEW,
    /** It has one, which is changed. */
    CHANGED,
    /** It has one, which stays as it is. */
    SAME,
    /** It has one and does not match: it is revoked and removed. */
    REMOVED,
    /** It matches, and cannot have one. */
    REFUSED
  }

  /**
   * A host.
   *
   * @param certificate the name of the certificate
   * @param names what the certificate is for
   * @param certificateId the one it has
   * @param why it is refused
   */
  record Line(
      UUID hostId,
      UUID siteId,
      String host,
      What what,
      String certificate,
      List<String> names,
      @Nullable UUID certificateId,
      @Nullable String why) {

    Line {
      names = List.copyOf(names);
    }
  }

  /**
   * @param rule the rule as it is; null for one that there is not yet
   */
  static Preview of(Connection connection, RuleSpec spec, @Nullable CertificateRule rule)
      throws SQLException {
    Map<UUID, Certificate> own = rule == null ? Map.of() : own(connection, rule.id());
    HostLabels wanted = spec.hosts();
    List<Line> lines = new ArrayList<>();
    UUID last = new UUID(0, 0);
    while (true) {
      List<KnownHost> hosts = KnownHosts.after(connection, last, AT_ONCE);
      if (hosts.isEmpty()) {
        return sorted(lines);
      }
      for (KnownHost host : hosts) {
        Certificate has = own.get(host.id());
        if (wanted.match(host)) {
          lines.add(matching(connection, spec, host, has));
        } else if (has != null) {
          lines.add(line(host, What.REMOVED, has.name(), has.names(), has, null));
        }
      }
      last = hosts.getLast().id();
    }
  }

  private static Line matching(
      Connection connection, RuleSpec rule, KnownHost host, @Nullable Certificate has)
      throws SQLException {
    String name = Draft.name(rule, host);
    return switch (Draft.of(rule, host)) {
      case Draft.Unfit(String why) -> line(host, What.REFUSED, name, List.of(), has, why);
      case Draft.Fit(CertificateSpec spec)
          when isTaken(connection, spec, has == null ? null : has.id()) ->
          line(
              host,
              What.REFUSED,
              name,
              spec.names(),
              has,
              "another certificate of the site has its name");
      case Draft.Fit(CertificateSpec spec) ->
          line(
              host,
              has == null
                  ? What.NEW
                  : spec.equals(CertificateSpec.of(has)) ? What.SAME : What.CHANGED,
              name,
              spec.names(),
              has,
              null);
    };
  }

  private static Line line(
      KnownHost host,
      What what,
      String certificate,
      List<String> names,
      @Nullable Certificate has,
      @Nullable String why) {
    return new Line(
        host.id(),
        host.site(),
        host.name(),
        what,
        certificate,
        names,
        has == null ? null : has.id(),
        why);
  }

  private static Preview sorted(List<Line> lines) {
    Map<What, Integer> totals = new EnumMap<>(What.class);
    lines.forEach(line -> totals.merge(line.what(), 1, Integer::sum));
    return new Preview(
        totals,
        lines.stream()
            .sorted(Comparator.comparing(Line::host).thenComparing(Line::hostId))
            .limit(MOST)
            .toList());
  }

  private static Map<UUID, Certificate> own(Connection connection, UUID rule) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OWN)) {
      select.setObject(1, rule);
      Map<UUID, Certificate> own = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          own.put(row.getObject(1, UUID.class), Certificates.KIND.read(row.getString(2)));
        }
      }
      return own;
    }
  }

  private static boolean isTaken(Connection connection, CertificateSpec spec, @Nullable UUID by)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(TAKEN)) {
      select.setObject(1, spec.siteId());
      select.setString(2, spec.name());
      try (ResultSet row = select.executeQuery()) {
        return row.next() && !row.getObject(1, UUID.class).equals(by);
      }
    }
  }
}
