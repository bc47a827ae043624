package dev.perch.certmon;

import dev.perch.kit.testkit.Database;
import dev.perch.kit.testkit.TestPostgres;
import dev.perch.kit.testkit.TestPostgres.Snapshot;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;

/** Databases as certmon's migrations make them, for replicas without its framework. */
public final class Migrated {
  private static final Snapshot EMPTY = migrated();

  private Migrated() {}

  /** One that nobody else has. */
  public static Database fresh() {
    return TestPostgres.another(EMPTY);
  }

  /** Connections as the service has them: each new one costs both sides some milliseconds. */
  public static AgroalDataSource pool(Database database) throws SQLException {
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

  private static Snapshot migrated() {
    Database database = TestPostgres.freshDatabase("certmon");
    var _ =
        Flyway.configure()
            .dataSource(database.dataSource())
            .locations("classpath:db/kit", "classpath:db/timeline", "classpath:db/migration")
            .outOfOrder(true)
            .load()
            .migrate();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table timeline_all partition of timeline default");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return TestPostgres.snapshot(database);
  }
}
