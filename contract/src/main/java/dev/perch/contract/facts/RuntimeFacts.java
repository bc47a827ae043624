package dev.perch.contract.facts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What runs containers here.
 *
 * @param cgroup version 1 or 2
 * @param engines container engines, by name
 * @param kubernetes the node; absent without
 * @param unknown what could not be found out, by field, and why
 */
public record RuntimeFacts(
    @Nullable Integer cgroup,
    List<Engine> engines,
    @Nullable Kubernetes kubernetes,
    Map<String, String> unknown)
    implements Facts {

  public RuntimeFacts {
    engines = List.copyOf(engines);
    unknown = Map.copyOf(unknown);
  }

  @Override
  public Facet facet() {
    return Facet.RUNTIME;
  }

  /**
   * A container engine.
   *
   * @param name containerd, cri-o, docker
   * @param version its version
   * @param socket where it listens
   * @param running does its socket take connections?
   * @param defaultHandler the handler of pods that name none
   * @param handlers runtime handlers it has, sorted
   */
  public record Engine(
      String name,
      @Nullable String version,
      @Nullable String socket,
      boolean running,
      @Nullable String defaultHandler,
      List<String> handlers) {

    public Engine {
      handlers = List.copyOf(handlers);
    }
  }

  /**
   * This host as a Kubernetes node.
   *
   * @param distribution kubernetes, k3s, rke2, microk8s
   * @param version of the kubelet
   * @param node its name as a node
   */
  public record Kubernetes(String distribution, @Nullable String version, @Nullable String node) {}
}
