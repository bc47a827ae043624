package dev.perch.inventory.action;

import dev.perch.contract.Cause;
import dev.perch.contract.Json;
import dev.perch.contract.facts.Facts;
import dev.perch.contract.facts.HostFacet;
import dev.perch.contract.operation.Operation;
import dev.perch.inventory.check.GoodMachine;
import dev.perch.inventory.enrolment.EnrolmentRemoval;
import dev.perch.inventory.host.HostBook;
import dev.perch.inventory.report.ReportsRemoval;
import dev.perch.kit.outbox.Capacity;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.Doorbell;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.reconcile.Pace;
import dev.perch.kit.reconcile.Troubles;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.reconcile.Workers;
import dev.perch.kit.reconcile.operation.LongWork;
import dev.perch.kit.reconcile.operation.NewOperation;
import dev.perch.kit.reconcile.operation.Operations;
import dev.perch.kit.testkit.TestPostgres;
import dev.perch.kit.timeline.Timeline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Span;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** What works on hosts in one replica, without its framework; also a process of its own. */
final class ActionReplica implements AutoCloseable {
  private static final Pace PACE =
      new Pace(
          Duration.ofSeconds(3),
          Duration.ofMillis(700),
          Duration.ofMillis(200),
          Duration.ofMillis(200),
          Duration.ofMillis(200));

  private final dev.perch.kit.testkit.Database at;
  private final Database database;
  private final WorkItems items;
  private final LongWork work;
  private @Nullable Workers workers;

  private ActionReplica(dev.perch.kit.testkit.Database at) {
    this.at = at;
    database = new Database(at.dataSource());
    Outbox outbox = new Outbox(new Capacity(), new Doorbell());
    items = new WorkItems(outbox);
    var hosts =
        new HostBook(
            new Timeline(outbox),
            List.of(EnrolmentRemoval.with(outbox), ReportsRemoval.with(outbox, items)));
    var patience = new Patience(Duration.ofSeconds(1), Duration.ofSeconds(2), 10);
    var steps = new HostWork(database, hosts, items, outbox, patience);
    work =
        new LongWork(
            "inventory",
            database,
            outbox,
            items,
            List.of(
                HostKind.lock(steps),
                HostKind.forceLock(steps),
                HostKind.unlock(steps),
                HostKind.delete(steps)));
  }

  static ActionReplica fresh() throws SQLException {
    var replica = new ActionReplica(TestPostgres.freshDatabase("actions"));
    var _ =
        Flyway.configure()
            .dataSource(replica.at.dataSource())
            .locations("classpath:db/kit", "classpath:db/migration")
            .outOfOrder(true)
            .load()
            .migrate();
    replica.execute("create table timeline_all partition of timeline default");
    return replica;
  }

  /** Works until it is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    // In a process that is just starting, a lease may end; the interrupt must not meet this half
    // made.
    var _ = Span.current();
    new ActionReplica(
            new dev.perch.kit.testkit.Database(
                arguments[0],
                Integer.parseInt(arguments[1]),
                arguments[2],
                arguments[3],
                arguments[4]))
        .work();
    Thread.currentThread().join();
  }

  Object[] arguments() {
    return new Object[] {at.host(), at.port(), at.name(), at.user(), at.password()};
  }

  void work() {
    Troubles untold =
        new Troubles() {
          @Override
          public void raise(String alarm, String entity, String text) {}

          @Override
          public void clear(String alarm, String entity) {}
        };
    workers =
        new Workers(
            database, items, List.of(work.queue(4)), PACE, new SimpleMeterRegistry(), untold);
    workers.start();
  }

  /** A host whose agent is heard, with nothing wrong. */
  UUID host(String administrative, String lifecycle) throws SQLException {
    UUID site = UUID.randomUUID();
    UUID host = UUID.randomUUID();
    update("insert into site values (?, 'pier', null, '{}', 1, now(), now())", site);
    update(
        "insert into host (id, site_id, name, personality, labels, administrative, operational,"
            + " availability, lifecycle, version, created_at, updated_at) values (?, ?, 'h-1',"
            + " 'WORKER', '{}', ?, 'ENABLED', 'AVAILABLE', ?, 1, now(), now())",
        host,
        site,
        administrative,
        lifecycle);
    update(
        "insert into agent_key (id, host_id, signing_key, encryption_key, agent_version,"
            + " enrolled_at) values (gen_random_uuid(), ?, 's', 'e', 'test', now())",
        host);
    update(
        "insert into link_session (host_id, site_id, number, instance, protocol, agent_version,"
            + " address, beat_every_millis, opened_at, presence) values (?, ?, 1,"
            + " gen_random_uuid(), 1, 'test', '192.0.2.7', 20, now(), 'PRESENT')",
        host,
        site);
    update("insert into host_facts values (?, now())", host);
    for (Facts facts : GoodMachine.facts()) {
      var facet = HostFacet.of(host, facts.report(), 1, Instant.EPOCH);
      update(
          "insert into host_report values ('facet', ?, ?, ?, ?, ?, 1, now())",
          host,
          facts.facet().word(),
          site,
          facet.digest(),
          Json.MAPPER.valueToTree(facet).toString());
    }
    return host;
  }

  /** A document that the host never applies. */
  void wants(UUID host) throws SQLException {
    update("insert into host_document values (?, 'tsn', 'tsn', 'files', 4, '{}', now())", host);
  }

  UUID request(Action action, UUID host) throws SQLException {
    Operations operations = work.operations();
    Operation asked =
        database.transaction(
            connection ->
                operations.request(
                    connection,
                    new NewOperation(
                        action.kind(),
                        Target.of(host),
                        null,
                        Json.MAPPER.valueToTree(Map.of("waive", List.of())),
                        new Cause("somebody", action.kind(), "to see"))));
    operations.wake();
    return asked.id();
  }

  /** As its REST resource does it to an operation that waits. */
  void cancel(UUID operation) throws SQLException {
    update(
        "update operation set state = 'CANCELLING', version = version + 1 where id = ?", operation);
    String target =
        column("select target from operation where id = '" + operation + "'").getFirst();
    database.run(connection -> items.wake(connection, Operations.QUEUE, Set.of(target)));
  }

  /** Its agent is not heard any more. */
  void silent(UUID host) throws SQLException {
    update("update host set availability = 'OFFLINE' where id = ?", host);
  }

  /** As the relay does when the broker has acknowledged everything. */
  void publish() throws SQLException {
    execute("delete from outbox");
  }

  String operationState(UUID id) throws SQLException {
    return column("select state from operation where id = '" + id + "'").getFirst();
  }

  /** The host's life as its timeline tells it, oldest first. */
  List<String> timeline(UUID host) throws SQLException {
    return column(
        "select version || ' ' || (state::jsonb #>> '{state,administrative}') || ' '"
            + " || (state::jsonb #>> '{state,lifecycle}') from timeline where resource_id = '"
            + host
            + "' order by version");
  }

  int facets(UUID host) throws SQLException {
    return column("select name from host_report where host_id = '" + host + "'").size();
  }

  /** What is left of a host but its timeline and what is to be published of it. */
  List<String> remains(UUID host) throws SQLException {
    return column(
        """
        select 'host' from host where id = '%1$s'
        union all select 'key' from agent_key where host_id = '%1$s'
        union all select 'session' from link_session where host_id = '%1$s'
        union all select 'facts' from host_facts where host_id = '%1$s'
        union all select 'report' from host_report where host_id = '%1$s'
        union all select 'document' from host_document where host_id = '%1$s'
        """
            .formatted(host));
  }

  /** The deletions that wait for the relay: topic and version, ordered. */
  List<String> burials(UUID host) throws SQLException {
    return column(
        "select log_topic || ' ' || key || ' ' || version from outbox where state is null and log_topic is"
            + " not null and key like '"
            + host
            + "%' order by 1");
  }

  String state(UUID host) throws SQLException {
    return column(
            "select version || ' ' || administrative || ' ' || lifecycle from host where id = '"
                + host
                + "'")
        .getFirst();
  }

  private void execute(String sql) throws SQLException {
    update(sql);
  }

  private void update(String sql, Object... values) throws SQLException {
    database.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
              statement.setObject(i + 1, values[i]);
            }
            statement.execute();
          }
        });
  }

  private List<String> column(String sql) throws SQLException {
    return database.transaction(
        connection -> {
          List<String> column = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(sql);
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              column.add(row.getString(1));
            }
          }
          return column;
        });
  }

  @Override
  public void close() {
    if (workers != null) {
      workers.close();
    }
  }
}
