package dev.perch.bench.spine;

import dev.perch.bench.stack.Stack;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The consumer's own database on the stack's server; dropped at the end. */
final class BenchDatabase implements AutoCloseable {
  static final String NAME = "perch_bench";

  private final Stack stack;

  BenchDatabase(Stack stack) throws SQLException {
    this.stack = stack;
    close();
    execute("create database " + NAME);
  }

  @Override
  public void close() throws SQLException {
    execute("drop database if exists " + NAME + " with (force)");
  }

  private void execute(String statement) throws SQLException {
    try (Connection connection = stack.superuser("postgres");
        Statement ddl = connection.createStatement()) {
      ddl.execute(statement);
    }
  }
}
