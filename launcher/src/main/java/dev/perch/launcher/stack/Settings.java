package dev.perch.launcher.stack;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the user wants to have running.
 *
 * @param services that are started
 * @param external what is already there and not started
 * @param replicas how many of a service, by its name; one if absent
 * @param aot whether AOT caches are made and used
 * @param agent whether this machine is enrolled as a host, with an agent of its own
 */
public record Settings(
    Folders folders,
    PortBlock ports,
    List<Service> services,
    External external,
    Map<String, Integer> replicas,
    boolean aot,
    boolean agent) {

  public Settings {
    services = List.copyOf(services);
    replicas = Map.copyOf(replicas);
    for (String name : replicas.keySet()) {
      if (!services.contains(Service.named(name))) {
        throw new IllegalArgumentException(name + " is not among the services to start");
      }
    }
    replicas.forEach(
        (name, count) -> {
          if (count < 1 || count > Service.MOST_REPLICAS) {
            throw new IllegalArgumentException(
                "a service has 1 to " + Service.MOST_REPLICAS + " replicas, not " + count);
          }
        });
  }

  int replicasOf(Service service) {
    return replicas.getOrDefault(service.name(), 1);
  }

  /**
   * Servers that run elsewhere. What is absent is embedded.
   *
   * @param kafka bootstrap servers
   * @param postgres a server and a role that may create roles and databases there
   * @param databases databases that exist already, by the name of who uses it: a service or {@code
   *     keycloak}
   * @param issuer the OIDC issuer
   */
  public record External(
      Optional<String> kafka,
      Optional<String> postgres,
      Map<String, String> databases,
      Optional<URI> issuer) {
    public static final External NONE =
        new External(Optional.empty(), Optional.empty(), Map.of(), Optional.empty());

    public External {
      databases = Map.copyOf(databases);
      postgres.ifPresent(Database::parse);
      databases.values().forEach(Database::parse);
    }

    /** Without the URLs, which hold passwords. */
    @Override
    public String toString() {
      return "External[kafka=%s, postgres=%s, databases=%s, issuer=%s]"
          .formatted(kafka, postgres.isPresent(), databases.keySet(), issuer);
    }
  }
}
