package dev.perch.kit.reconcile;

import dev.perch.kit.outbox.Capacity;
import dev.perch.kit.outbox.Doorbell;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.testkit.Database;
import dev.perch.kit.testkit.TestPostgres;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** A process that works on queues, as one replica of a service does. */
public final class Rig implements AutoCloseable {
  public static final Pace PACE =
      new Pace(
          Duration.ofSeconds(3),
          Duration.ofMillis(700),
          Duration.ofMillis(200),
          Duration.ofMillis(200),
          Duration.ofMillis(200));

  public final Database of;
  public final dev.perch.kit.outbox.Database database;
  public final Outbox outbox = new Outbox(new Capacity(), new Doorbell());
  public final WorkItems items = new WorkItems(outbox);
  final Recorded troubles = new Recorded();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AgroalDataSource pool;
  private final List<Workers> open = new ArrayList<>();

  private Rig(Database of) throws SQLException {
    this.of = of;
    this.pool = pool(of);
    this.database = new dev.perch.kit.outbox.Database(pool);
  }

  /** On a database of its own. */
  public static Rig fresh(String name) throws SQLException {
    Rig rig = on(TestPostgres.freshDatabase(name));
    var _ = Flyway.configure().dataSource(rig.pool).locations("classpath:db/kit").load().migrate();
    return rig;
  }

  /** Another replica. */
  public static Rig on(Database database) throws SQLException {
    return new Rig(database);
  }

  /** What a process of its own needs to get to the database. */
  public Object[] arguments(String... more) {
    return Stream.concat(
            Stream.of(of.host(), of.port(), of.name(), of.user(), of.password()), Stream.of(more))
        .toArray();
  }

  public static Rig of(String[] arguments) throws SQLException {
    return on(
        new Database(
            arguments[0],
            Integer.parseInt(arguments[1]),
            arguments[2],
            arguments[3],
            arguments[4]));
  }

  public Workers work(WorkQueue... queues) {
    Workers workers = new Workers(database, items, List.of(queues), PACE, meters, troubles);
    open.add(workers);
    workers.start();
    return workers;
  }

  /** Claims a key and works on it, with a lease that nobody renews. */
  public void workOnce(String queue, Reconciler reconciler) throws Exception {
    Claim claim = table().claim(queue, 1, PACE.lease()).getFirst();
    var _ = table().end(claim, reconciler.reconcile(claim));
  }

  WorkTable table() {
    return new WorkTable(database, "test");
  }

  void wake(String queue, String... keys) throws SQLException {
    database.run(connection -> items.wake(connection, queue, Set.of(keys)));
    items.ring(queue);
  }

  public void execute(String sql) throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column, as text. */
  public List<@Nullable String> column(String sql, Object... values) throws SQLException {
    try (var connection = pool.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        select.setObject(i + 1, values[i]);
      }
      List<@Nullable String> column = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          column.add(row.getString(1));
        }
      }
      return column;
    }
  }

  @Override
  public void close() {
    open.forEach(Workers::close);
    pool.close();
  }

  private static AgroalDataSource pool(Database database) throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(12)
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .connectionFactoryConfiguration(
                            connections ->
                                connections
                                    .jdbcUrl(database.jdbcUrl())
                                    .principal(new NamePrincipal(database.user()))
                                    .credential(new SimplePassword(database.password())))));
  }
}
