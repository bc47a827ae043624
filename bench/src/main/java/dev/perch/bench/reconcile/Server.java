package dev.perch.bench.reconcile;

import dev.perch.kit.embedded.Postgres;
import dev.perch.kit.embedded.PostgresSettings;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A PostgreSQL of the benchmark's own, set up as the stack's: every commit reaches the disk. */
final class Server implements AutoCloseable {
  private static final List<String> TABLES =
      List.of("V0_1_1__outbox", "V0_5_1__work_item", "V0_5_2__operation");

  private final Path folder;
  private final Postgres postgres;
  private final AgroalDataSource pool;

  Server() throws IOException, SQLException {
    folder = Files.createTempDirectory("perch-bench-postgres");
    PostgresSettings settings =
        PostgresSettings.in(folder.resolve("data"), PostgresSettings.newPassword())
            .with("shared_buffers", "64MB");
    postgres = new Postgres(settings);
    postgres.start();
    pool = pool(settings);
    for (String table : TABLES) {
      execute(sql(table));
    }
  }

  private static AgroalDataSource pool(PostgresSettings settings) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(settings.port());
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                connections ->
                    connections
                        .maxSize(24)
                        .connectionFactoryConfiguration(
                            factory ->
                                factory
                                    .jdbcUrl(url)
                                    .principal(new NamePrincipal(PostgresSettings.SUPERUSER))
                                    .credential(new SimplePassword(settings.password())))));
  }

  AgroalDataSource pool() {
    return pool;
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long count(String query) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static String sql(String migration) throws IOException {
    String name = "/db/kit/" + migration + ".sql";
    try (InputStream text = Objects.requireNonNull(Server.class.getResourceAsStream(name), name)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() throws IOException {
    pool.close();
    postgres.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
