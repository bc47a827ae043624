package dev.perch.bench.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.stream.StreamSupport;

/**
 * What {@code ./perch up} has running in a checkout. Every call reads the launcher's state anew:
 * processes are killed and come back under other ids.
 *
 * @param checkout the folder with the script {@code perch}
 */
public record Stack(Path checkout) {
  public static final String BROKER = "BROKER";
  public static final String DATABASE = "DATABASE";
  public static final String SERVICE = "SERVICE";

  /**
   * A running part.
   *
   * @param kind {@link #BROKER}, {@link #DATABASE}, {@link #SERVICE} or the identity provider
   * @param pid 0 while there is no process
   */
  public record Part(String name, String kind, long pid, boolean ready, String address) {}

  /**
   * All parts, in the order they were started.
   *
   * @throws IllegalStateException if nothing runs, saying what to do
   */
  public List<Part> parts() {
    JsonNode parts = state().path("parts");
    return StreamSupport.stream(parts.spliterator(), false)
        .map(
            part ->
                new Part(
                    part.path("name").asText(),
                    part.path("kind").asText(),
                    part.path("process").path("pid").asLong(),
                    part.path("condition").asText().equals("READY"),
                    part.path("address").asText()))
        .toList();
  }

  /** The launcher's own process. */
  public long launcher() {
    return state().path("launcher").path("pid").asLong();
  }

  public Part part(String name) {
    return parts().stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    name + " is not among the parts; is an external one used?"));
  }

  public URI url(String service) {
    return URI.create(part(service).address());
  }

  /** Bootstrap servers. */
  public String kafka() {
    return part("kafka").address();
  }

  /** A bearer token, valid for 5 minutes. */
  public String token(String role) throws IOException, InterruptedException {
    return run("token", "--role", role).strip();
  }

  /**
   * Runs {@code ./perch} and returns what it printed.
   *
   * @throws IllegalStateException with its words if it fails
   */
  public String run(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder command = new ProcessBuilder(checkout.resolve("perch").toString());
    command.command().addAll(List.of(arguments));
    Path errors = Files.createTempFile("perch-bench", ".err");
    try {
      Process process = command.directory(checkout.toFile()).redirectError(errors.toFile()).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            String.join(" ", command.command()) + " failed:\n" + Files.readString(errors));
      }
      return output;
    } finally {
      Files.delete(errors);
    }
  }

  /** The database of a service, as its owner. */
  public Connection database(String service) throws SQLException {
    return connect("postgresql/" + service, service);
  }

  /** A database of this name, as the server's superuser. */
  public Connection superuser(String database) throws SQLException {
    return connect("postgresql", database);
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://" + part("postgresql").address() + "/" + database;
  }

  /** The login that the launcher made for a purpose: {@code user} and {@code password}. */
  public Properties login(String purpose) {
    JsonNode login = read(".perch/credentials.json").path(purpose);
    if (login.isMissingNode()) {
      throw new IllegalStateException("the launcher has no credentials for " + purpose);
    }
    Properties properties = new Properties();
    properties.setProperty("user", login.path("user").asText());
    properties.setProperty("password", login.path("password").asText());
    return properties;
  }

  private Connection connect(String purpose, String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), login(purpose));
  }

  private JsonNode state() {
    JsonNode state = read(".perch/state.json");
    if (ProcessHandle.of(state.path("launcher").path("pid").asLong()).isEmpty()) {
      throw new IllegalStateException("nothing runs here; start it: ./perch up -d");
    }
    return state;
  }

  private JsonNode read(String file) {
    Path path = checkout.resolve(file);
    if (!Files.exists(path)) {
      throw new IllegalStateException(file + " is not there; start the stack: ./perch up -d");
    }
    try {
      return Json.MAPPER.readTree(path.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
