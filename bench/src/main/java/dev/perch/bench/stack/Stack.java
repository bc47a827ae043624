package dev.perch.bench.stack;

import dev.perch.launcher.process.Part;
import dev.perch.launcher.process.StackState;
import dev.perch.launcher.process.StackState.Condition;
import dev.perch.launcher.process.StackState.PartState;
import dev.perch.launcher.process.StateFile;
import dev.perch.launcher.stack.Credentials;
import dev.perch.launcher.stack.Folders;
import dev.perch.launcher.stack.Login;
import dev.perch.launcher.stack.Role;
import dev.perch.launcher.stack.Service;
import dev.perch.launcher.stack.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What {@code ./perch up} has running: broker, database, identity provider and services of its own.
 * Every call reads the launcher's state anew, because processes are killed and come back.
 */
public record Stack(Folders folders) {
  /** The credentials of the server's superuser; a service's have its name behind a slash. */
  public static final String SUPERUSER = "postgresql";

  /**
   * All parts, in the order they were started.
   *
   * @throws IllegalStateException if nothing runs, saying what to do
   */
  public List<PartState> parts() {
    return state().parts();
  }

  /** The launcher and every part that runs. */
  public List<Long> pids() {
    StackState state = state();
    List<Long> pids = new ArrayList<>();
    pids.add(state.launcher().pid());
    state.parts().forEach(part -> part.alive().ifPresent(process -> pids.add(process.pid())));
    return pids;
  }

  /** The services that run, as {@code ./perch up --only} takes them. */
  public String services() {
    List<String> running = parts().stream().map(PartState::name).toList();
    return Service.ALL.stream()
        .map(Service::name)
        .filter(running::contains)
        .collect(Collectors.joining(","));
  }

  /** The part of this name. */
  public PartState part(String name) {
    return find(part -> part.name().equals(name), name);
  }

  /** Whether it answers, as the launcher last saw it. */
  public static boolean isReady(PartState part) {
    return part.condition() == Condition.READY && part.alive().isPresent();
  }

  public URI url(String service) {
    return URI.create(part(service).address());
  }

  /** Bootstrap servers. */
  public String kafka() {
    return ofKind(Part.Kind.BROKER).address();
  }

  /**
   * Returns when the launcher no longer makes AOT caches, which takes a share of the processors.
   */
  public void awaitAotCaches() throws InterruptedException {
    StateFile training = new StateFile(folders.training().state());
    while (training.readRunning().isPresent()) {
      Thread.sleep(1_000);
    }
  }

  /** A bearer token, valid for 5 minutes. */
  public String token(Role role) throws IOException, InterruptedException {
    URI issuer = URI.create(ofKind(Part.Kind.IDENTITY).address());
    try (HttpClient http = HttpClient.newHttpClient()) {
      return new Tokens(issuer, Credentials.in(folders), http).bearer(role);
    }
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://" + ofKind(Part.Kind.DATABASE).address() + "/" + database;
  }

  /** As whom the launcher lets {@link #SUPERUSER} or a service sign in to its database. */
  public Login login(String purpose) {
    return Credentials.in(folders)
        .find(purpose)
        .orElseThrow(() -> new IllegalStateException("no credentials for " + purpose));
  }

  /** The database of a service, as its owner. */
  public Connection database(String service) throws SQLException {
    return connect(SUPERUSER + "/" + service, service);
  }

  /** A database of this name, as the server's superuser. */
  public Connection superuser(String database) throws SQLException {
    return connect(SUPERUSER, database);
  }

  /**
   * Runs {@code ./perch} for this stack and waits for its end.
   *
   * @throws IllegalStateException with its words if it fails
   */
  public void perch(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(folders.checkout().resolve("perch").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--state-dir", folders.state().toString()));
    Path words = Files.createTempFile("perch-bench", ".out");
    try {
      // A file, not a pipe: what the command leaves running holds on to its output.
      Process process =
          new ProcessBuilder(command)
              .directory(folders.checkout().toFile())
              .redirectErrorStream(true)
              .redirectOutput(words.toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            String.join(" ", command)
                + " failed:\n"
                + Files.readString(words, StandardCharsets.UTF_8));
      }
    } finally {
      Files.delete(words);
    }
  }

  private Connection connect(String purpose, String database) throws SQLException {
    Login login = login(purpose);
    Properties properties = new Properties();
    properties.setProperty("user", login.user());
    properties.setProperty("password", login.password());
    properties.setProperty("ApplicationName", "perch-bench");
    return DriverManager.getConnection(jdbcUrl(database), properties);
  }

  private PartState ofKind(Part.Kind kind) {
    return find(part -> part.kind() == kind, "a " + kind + " of its own");
  }

  private PartState find(Predicate<PartState> predicate, String what) {
    return parts().stream()
        .filter(predicate)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("this stack does not run " + what));
  }

  private StackState state() {
    return new StateFile(folders.state())
        .readRunning()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "nothing runs in " + folders.state() + "; start it: ./perch up -d"));
  }
}
