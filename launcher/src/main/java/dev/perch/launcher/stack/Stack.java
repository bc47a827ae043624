package dev.perch.launcher.stack;

import dev.perch.launcher.process.Console;
import dev.perch.launcher.process.Plan;
import dev.perch.launcher.process.StartFailed;
import dev.perch.launcher.process.Step;
import dev.perch.launcher.process.Task;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The {@linkplain Settings#services wanted} services on one machine, as a plan: what they need and
 * is not {@linkplain Settings.External external} is embedded. Services do not wait for the identity
 * provider, which they can do without for a while.
 */
final class Stack {
  private static final String DATABASES = "databases";

  private final Settings settings;
  private final Credentials credentials;
  private final AotCaches caches;
  private final Console console;

  Stack(Settings settings, Credentials credentials, AotCaches caches, Console console) {
    this.settings = settings;
    this.credentials = credentials;
    this.caches = caches;
    this.console = console;
  }

  /**
   * Prepares what must lie on the disk before anything can start, and says what to start.
   *
   * @throws StartFailed saying what to do
   */
  Plan plan() throws StartFailed, IOException, InterruptedException {
    Settings.External external = settings.external();
    List<Step> steps = new ArrayList<>();
    Map<String, Database> missing = missingDatabases();
    if (!missing.isEmpty()) {
      steps.add(databases(steps, missing));
    }
    Set<String> database = missing.isEmpty() ? Set.of() : Set.of(DATABASES);
    if (external.issuer().isEmpty()) {
      steps.add(
          Keycloak.part(
              settings,
              keycloak(),
              database(Keycloak.NAME, missing),
              credentials,
              caches,
              database));
    }
    Set<String> serviceNeeds = new HashSet<>(database);
    if (external.kafka().isEmpty()) {
      steps.add(Kafka.part(settings, caches));
      serviceNeeds.add(Kafka.NAME);
    }
    LinkAuthority link = LinkAuthority.in(settings.folders(), credentials);
    Path sealKeys = SealKeys.in(settings.folders());
    for (Service service : settings.services()) {
      Replica.Surroundings surroundings =
          new Replica.Surroundings(
              external.kafka().orElse(Kafka.bootstrap(settings.ports())),
              database(service.name(), missing),
              databaseFolder(service.name(), missing),
              issuer(),
              link,
              sealKeys);
      for (int number = 0; number < settings.replicasOf(service); number++) {
        steps.add(new Replica(service, number).part(settings, surroundings, caches, serviceNeeds));
      }
    }
    if (settings.agent() && OwnAgent.isPossible(settings)) {
      var agent = new OwnAgent(settings, credentials);
      steps.add(agent.enrolment());
      steps.add(agent.part());
    }
    return new Plan(steps);
  }

  /** Everything of the plan that runs in a JVM and may have an AOT cache. */
  List<JavaProgram> programs() throws IOException, InterruptedException, StartFailed {
    List<JavaProgram> programs = new ArrayList<>();
    if (settings.external().kafka().isEmpty()) {
      programs.add(Programs.kafka(List.of()));
    }
    if (settings.external().issuer().isEmpty()) {
      programs.add(Programs.keycloak(keycloak(), settings.folders().state(), List.of()));
    }
    settings
        .services()
        .forEach(service -> programs.add(Programs.service(service, settings.folders())));
    return programs;
  }

  private URI issuer() {
    return settings.external().issuer().orElse(Keycloak.issuer(settings.ports()));
  }

  /** Databases to be made, by who uses them. */
  private Map<String, Database> missingDatabases() {
    List<String> users = new ArrayList<>(settings.services().stream().map(Service::name).toList());
    if (settings.external().issuer().isEmpty()) {
      users.add(Keycloak.NAME);
    }
    users.removeAll(settings.external().databases().keySet());
    Map<String, Database> missing = new LinkedHashMap<>();
    for (String user : users) {
      missing.put(
          user, server().sibling(user, credentials.login(PostgresServer.NAME + "/" + user, user)));
    }
    return missing;
  }

  private Database server() {
    return settings
        .external()
        .postgres()
        .map(Database::parse)
        .orElseGet(() -> PostgresServer.superuser(settings.ports(), credentials));
  }

  /** The task that makes the databases; adds the embedded server first if there is no other. */
  private Task databases(List<Step> steps, Map<String, Database> missing) throws StartFailed {
    boolean embedded = settings.external().postgres().isEmpty();
    if (embedded) {
      steps.add(PostgresServer.part(settings, credentials));
    }
    Database server = server();
    return new Task(
        DATABASES,
        embedded ? Set.of(PostgresServer.NAME) : Set.of(),
        () -> {
          new Databases(server).create(List.copyOf(missing.values()));
          return String.join(", ", missing.keySet());
        });
  }

  private Database database(String user, Map<String, Database> missing) {
    String url = settings.external().databases().get(user);
    return url == null ? Objects.requireNonNull(missing.get(user)) : Database.parse(url);
  }

  private Optional<Path> databaseFolder(String user, Map<String, Database> missing) {
    return settings.external().postgres().isEmpty() && missing.containsKey(user)
        ? Optional.of(settings.folders().data(PostgresServer.NAME))
        : Optional.empty();
  }

  private Path keycloak() throws IOException, InterruptedException, StartFailed {
    return new KeycloakDistribution(
            Folders.userCache(), settings.folders().log("keycloak-build"), console)
        .prepare();
  }
}
