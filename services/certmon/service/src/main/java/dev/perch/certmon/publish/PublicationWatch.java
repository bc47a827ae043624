package dev.perch.certmon.publish;

import dev.perch.certmon.CertmonConfig;
import dev.perch.kit.alarms.Alarms;
import dev.perch.kit.alarms.Finding;
import dev.perch.kit.outbox.Database;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks again and again for what is not proven to be served, in the tables and not in what happens:
 * it finds the same after any crash, in any replica.
 */
@ApplicationScoped
class PublicationWatch {
  static final String NOT_SERVED = "certificate-not-served";
  static final String CONTESTED = "certificate-target-contested";

  private final Database database;
  private final Alarms alarms;
  private final CertmonConfig config;

  PublicationWatch(Database database, Alarms alarms, CertmonConfig config) {
    this.database = database;
    this.alarms = alarms;
    this.config = config;
  }

  @Scheduled(every = "${perch.certmon.look-every:30S}")
  @RunOnVirtualThread
  void look() throws SQLException {
    List<PublicationTable.Unproven> unproven =
        database.each(connection -> PublicationTable.unproven(connection, config.notServedAfter()));
    tell(CONTESTED, unproven.stream().filter(PublicationTable.Unproven::contested).toList());
    tell(NOT_SERVED, unproven.stream().filter(one -> !one.contested()).toList());
  }

  private void tell(String alarm, List<PublicationTable.Unproven> found) throws SQLException {
    for (PublicationTable.Unproven one : found) {
      Finding finding = Finding.of(alarm, one.entity(), one.name() + ": " + one.message());
      alarms.raise(one.site() == null ? finding : finding.at(one.site()));
    }
    Set<String> settled =
        new HashSet<>(database.each(connection -> PublicationTable.active(connection, alarm)));
    settled.removeAll(
        found.stream().map(PublicationTable.Unproven::entity).collect(Collectors.toSet()));
    settled.forEach(entity -> alarms.clear(alarm, entity));
  }
}
