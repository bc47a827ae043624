package dev.perch.kit.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How to run the server as a child process whose pid is the postmaster's: for whoever supervises
 * processes itself. The data folder must have been prepared, see {@link Postgres#prepare}.
 *
 * <p>SIGINT is the fast shutdown, SIGTERM waits for the clients to leave, SIGQUIT is a crash.
 *
 * @param line program and arguments
 * @param environment to be set besides what is inherited
 */
public record PostgresCommand(List<String> line, Map<String, String> environment) {
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  public PostgresCommand {
    line = List.copyOf(line);
    environment = Map.copyOf(environment);
  }

  static PostgresCommand server(PostgresBinaries binaries, PostgresSettings settings) {
    List<String> line = new ArrayList<>();
    line.add(binaries.program("postgres").toString());
    line.addAll(List.of("-D", settings.data().toString(), "-p", Integer.toString(settings.port())));
    parameters(settings).forEach((name, value) -> line.addAll(List.of("-c", name + "=" + value)));
    return unprivileged(line);
  }

  static PostgresCommand initdb(PostgresBinaries binaries, Path data, Path passwordFile) {
    return unprivileged(
        List.of(
            binaries.program("initdb").toString(),
            "--pgdata=" + data,
            "--username=" + PostgresSettings.SUPERUSER,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            // PostgreSQL's own collation: the same order whatever the C library of the machine.
            "--locale-provider=builtin",
            "--locale=C.UTF-8"));
  }

  static PostgresCommand version(PostgresBinaries binaries) {
    return unprivileged(List.of(binaries.program("postgres").toString(), "--version"));
  }

  /** A builder that has the command and the environment, and nothing else. */
  public ProcessBuilder toProcess() {
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    return builder;
  }

  private static Map<String, String> parameters(PostgresSettings settings) {
    List<String> addresses = new ArrayList<>();
    addresses.add("127.0.0.1");
    addresses.addAll(settings.addresses());
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("listen_addresses", String.join(",", addresses));
    parameters.put("unix_socket_directories", "");
    parameters.put("fsync", "on");
    parameters.put("synchronous_commit", "on");
    parameters.put("max_connections", "200");
    parameters.put("timezone", "UTC");
    parameters.put("log_timezone", "UTC");
    parameters.putAll(settings.parameters());
    return parameters;
  }

  /**
   * PostgreSQL refuses to run as root. In a user namespace of its own root is nobody, and still
   * owns its files; {@code unshare} replaces itself with the program and so keeps the pid.
   */
  private static PostgresCommand unprivileged(List<String> line) {
    List<String> whole = new ArrayList<>();
    if (ROOT) {
      whole.addAll(List.of("unshare", "-U"));
    }
    whole.addAll(line);
    return new PostgresCommand(whole, Map.of("LC_ALL", "C", "TZ", "UTC"));
  }
}
