package dev.perch.certmon.expiry;

import dev.perch.certmon.CertmonConfig;
import dev.perch.certmon.certificate.Observations;
import dev.perch.certmon.expiry.ExpiryTable.Ending;
import dev.perch.kit.alarms.Alarms;
import dev.perch.kit.alarms.Finding;
import dev.perch.kit.outbox.Database;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks again and again for what runs out, in the tables and not in what happens: it finds the same
 * after any crash, in any replica, and saying it again changes nothing.
 */
@ApplicationScoped
class ExpiryWatch {
  static final String EXPIRING = "certificate-expiring";
  static final String EXPIRED = "certificate-expired";
  static final String REFUSED = "certificate-refused";

  private final Database database;
  private final Observations observations;
  private final Alarms alarms;
  private final CertmonConfig config;

  ExpiryWatch(Database database, Observations observations, Alarms alarms, CertmonConfig config) {
    this.database = database;
    this.observations = observations;
    this.alarms = alarms;
    this.config = config;
  }

  @Scheduled(every = "${perch.certmon.look-every:30S}")
  @RunOnVirtualThread
  void look() throws SQLException {
    List<Ending> endings = endings();
    for (Ending ending : endings) {
      if (ending.over()) {
        observations.expired(ending.kind(), ending.id());
      }
    }
    tell(EXPIRED, endings.stream().filter(Ending::over).toList(), "It ran out at ");
    tell(EXPIRING, endings.stream().filter(e -> !e.over()).toList(), "It runs out at ");
    tellRefused();
  }

  private List<Ending> endings() throws SQLException {
    return database.each(
        connection -> {
          List<Ending> all = new ArrayList<>();
          all.addAll(ExpiryTable.certificates(connection, config.alarmBefore()));
          all.addAll(ExpiryTable.authorities(connection, config.caAlarmBefore()));
          return all;
        });
  }

  private void tell(String alarm, List<Ending> endings, String what) throws SQLException {
    for (Ending ending : endings) {
      Finding finding =
          Finding.of(alarm, ending.entity(), ending.name() + ": " + what + ending.notAfter() + ".");
      alarms.raise(ending.site() == null ? finding : finding.at(ending.site()));
    }
    clearOthers(alarm, endings.stream().map(Ending::entity).collect(Collectors.toSet()));
  }

  private void tellRefused() throws SQLException {
    var refused = database.each(Observations::refused);
    refused.forEach(
        (id, detail) -> alarms.raise(Finding.of(REFUSED, "certificates/" + id, detail)));
    clearOthers(
        REFUSED,
        refused.keySet().stream().map(id -> "certificates/" + id).collect(Collectors.toSet()));
  }

  private void clearOthers(String alarm, Set<String> found) throws SQLException {
    Set<String> settled =
        new HashSet<>(database.each(connection -> ExpiryTable.active(connection, alarm)));
    settled.removeAll(found);
    settled.forEach(entity -> alarms.clear(alarm, entity));
  }
}
