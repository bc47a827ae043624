package dev.perch.inventory.facts;

import dev.perch.contract.alarm.AlarmCatalogue;
import dev.perch.inventory.Database;
import dev.perch.inventory.facts.FactsTable.Wrong;
import dev.perch.kit.alarms.Alarms;
import dev.perch.kit.alarms.Finding;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks again and again for what is wrong with facts, in the tables and not in what comes in: it
 * finds the same after any crash, in any replica, and saying it again changes nothing.
 */
@ApplicationScoped
class FactsWatch {
  private static final String STALE = "facts-stale";
  private static final String CLOCK = "clock-not-synchronised";
  private static final String FLAPPING = "link-flapping";

  private final Database database;
  private final Alarms alarms;
  private final FactsConfig config;

  FactsWatch(Database database, Alarms alarms, FactsConfig config) {
    this.database = database;
    this.alarms = alarms;
    this.config = config;
  }

  /**
   * What was found.
   *
   * @param settled alarms that may go
   */
  private record Found(String alarm, List<Wrong> wrong, Collection<String> settled) {}

  @Scheduled(every = "${perch.facts.look-every:30S}")
  @RunOnVirtualThread
  void look() throws SQLException {
    List<Found> all =
        database.transaction(
            connection -> {
              FactsTable.forget(connection, config.flapsWithin().multipliedBy(2));
              List<Wrong> stale = FactsTable.stale(connection, config.staleAfter());
              List<Wrong> unsynchronised = FactsTable.unsynchronised(connection);
              List<Wrong> flapping =
                  FactsTable.flapping(connection, config.flapsWithin(), config.flaps());
              return List.of(
                  new Found(STALE, stale, others(FactsTable.active(connection, STALE), of(stale))),
                  new Found(
                      CLOCK,
                      unsynchronised,
                      others(FactsTable.active(connection, CLOCK), of(unsynchronised))),
                  // An interface that still changes, if less often, has not settled.
                  new Found(
                      FLAPPING,
                      flapping,
                      others(
                          FactsTable.active(connection, FLAPPING),
                          FactsTable.changed(connection, config.flapsWithin()))));
            });
    all.forEach(this::tell);
  }

  private static List<String> of(List<Wrong> wrong) {
    return wrong.stream().map(Wrong::entity).toList();
  }

  private static Set<String> others(List<String> active, List<String> wrong) {
    Set<String> others = new HashSet<>(active);
    others.removeAll(new HashSet<>(wrong));
    return others;
  }

  private void tell(Found found) {
    String text = AlarmCatalogue.require(found.alarm()).text();
    found
        .wrong()
        .forEach(
            wrong ->
                alarms.raise(Finding.of(found.alarm(), wrong.entity(), text).at(wrong.site())));
    found.settled().forEach(entity -> alarms.clear(found.alarm(), entity));
  }
}
