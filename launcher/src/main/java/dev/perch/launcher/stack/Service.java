package dev.perch.launcher.stack;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A service of Perch, as the launcher sees it: one entry of {@link #ALL} is all it takes to add
 * one.
 *
 * @param name also of its database, its role there and its log
 * @param module its Maven module's folder, where the package lies under {@code target}
 * @param slot which hundred of the {@link PortBlock} is its own, from 1
 * @param heapMegabytes of one replica's JVM
 * @param takesAgents whether agents connect to it, over TLS
 * @param keepsSecrets whether it seals secrets in its database
 */
public record Service(
    String name,
    String module,
    int slot,
    int heapMegabytes,
    boolean takesAgents,
    boolean keepsSecrets) {
  /** In the order they are shown. */
  public static final List<Service> ALL =
      List.of(
          new Service("inventory", "services/inventory", 1, 256, true, false),
          new Service("certmon", "services/certmon/service", 2, 256, false, true));

  static final int MOST_REPLICAS = 9;

  /**
   * @throws IllegalArgumentException naming those there are
   */
  public static Service named(String name) {
    return ALL.stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no service named "
                        + name
                        + "; there are "
                        + ALL.stream().map(Service::name).collect(Collectors.joining(", "))));
  }

  /** The first replica has the service's own name. */
  String replicaName(int replica) {
    return replica == 0 ? name : name + "-" + (replica + 1);
  }
}
