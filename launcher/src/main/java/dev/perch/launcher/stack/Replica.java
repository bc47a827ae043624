package dev.perch.launcher.stack;

import dev.perch.launcher.process.Part;
import dev.perch.launcher.process.Probe;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One process of a service.
 *
 * @param number counts from 0
 */
record Replica(Service service, int number) {

  /** The disk of a trial is not the database's alone, and often fuller than a server's may be. */
  private static final String FULLEST_DISK = "0.95";

  /**
   * What a service has to be told.
   *
   * @param kafka bootstrap servers
   * @param databaseFolder on the database's disk, if it is this machine's
   * @param issuer of the tokens it accepts
   * @param link for a service that takes agents
   * @param sealKeys for a service that keeps secrets
   */
  record Surroundings(
      String kafka,
      Database database,
      Optional<Path> databaseFolder,
      URI issuer,
      LinkAuthority link,
      Path sealKeys) {}

  Part part(Settings settings, Surroundings surroundings, AotCaches caches, Set<String> needs) {
    JavaProgram program = Programs.service(service, settings.folders());
    int http = settings.ports().http(service, number);
    int management = settings.ports().management(service, number);
    String name = service.replicaName(number);
    return new Part(
        name,
        Part.Kind.SERVICE,
        needs,
        new Part.Start(
            program.command(caches.flags(program)),
            environment(settings, surroundings, http, management),
            settings.folders().state(),
            settings.folders().log(name),
            program.stamp()),
        new Part.Serves(
            "http://127.0.0.1:" + http,
            listensOn(settings, http, management),
            new Probe.Http(URI.create("http://127.0.0.1:" + management + "/q/health/ready"))),
        caches.mode().stop(),
        caches.used(program));
  }

  private List<Integer> listensOn(Settings settings, int http, int management) {
    return service.takesAgents()
        ? List.of(http, settings.ports().link(service, number), management)
        : List.of(http, management);
  }

  private Map<String, String> environment(
      Settings settings, Surroundings surroundings, int http, int management) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PERCH_MODE", "trial");
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(http));
    environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
    environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", surroundings.database().reactiveUrl());
    environment.put("QUARKUS_DATASOURCE_JDBC_URL", surroundings.database().jdbcUrl());
    environment.put("QUARKUS_DATASOURCE_USERNAME", surroundings.database().login().user());
    environment.put("QUARKUS_DATASOURCE_PASSWORD", surroundings.database().login().password());
    surroundings
        .databaseFolder()
        .ifPresent(
            folder -> {
              environment.put("PERCH_OUTBOX_DATA_FOLDER", folder.toString());
              environment.put("PERCH_OUTBOX_MAX_DISK", FULLEST_DISK);
            });
    environment.put("KAFKA_BOOTSTRAP_SERVERS", surroundings.kafka());
    environment.put("QUARKUS_OIDC_AUTH_SERVER_URL", surroundings.issuer().toString());
    if (service.keepsSecrets()) {
      environment.put("PERCH_SEAL_KEY_FILE", surroundings.sealKeys().toString());
      environment.put(
          "PERCH_" + service.name().toUpperCase(Locale.ROOT) + "_PUBLIC_URL",
          "http://127.0.0.1:" + settings.ports().http(service, 0));
    }
    if (service.takesAgents()) {
      List<Integer> links =
          IntStream.range(0, settings.replicasOf(service))
              .map(replica -> settings.ports().link(service, replica))
              .boxed()
              .toList();
      environment.putAll(
          surroundings.link().environment(settings.ports().link(service, number), links));
    }
    return environment;
  }
}
