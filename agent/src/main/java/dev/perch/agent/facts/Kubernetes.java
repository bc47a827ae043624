package dev.perch.agent.facts;

import dev.perch.agent.machine.Machine;
import dev.perch.agent.machine.Unavailable;
import dev.perch.contract.facts.RuntimeFacts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the machine is a node, and of which distribution: from what kubelets leave on disk. */
final class Kubernetes {
  private static final Pattern VERSION = Pattern.compile("v(\\d+\\.\\d+\\.\\d+\\S*)");
  private static final Pattern OVERRIDE = Pattern.compile("--hostname-override[=\\s]+(\\S+)");

  /**
   * @param folder of its kubelet
   * @param program that knows the version
   */
  private record Distribution(String name, String folder, String program) {}

  private static final List<Distribution> KNOWN =
      List.of(
          new Distribution("k3s", "/var/lib/rancher/k3s/agent", "k3s"),
          new Distribution("rke2", "/var/lib/rancher/rke2/agent", "rke2"),
          new Distribution("microk8s", "/var/snap/microk8s/current", "microk8s"),
          new Distribution("kubernetes", "/var/lib/kubelet/pki", "kubelet"));

  private final Machine machine;

  Kubernetes(Machine machine) {
    this.machine = machine;
  }

  Optional<RuntimeFacts.Kubernetes> find(Unknowns unknown) {
    return KNOWN.stream()
        .filter(distribution -> machine.exists(distribution.folder()))
        .findFirst()
        .map(
            distribution ->
                new RuntimeFacts.Kubernetes(
                    distribution.name(),
                    unknown.find("kubernetes", () -> version(distribution)),
                    unknown.find("kubernetes", this::node)));
  }

  private Optional<String> version(Distribution distribution) throws Unavailable {
    Matcher version = VERSION.matcher(machine.tool(distribution.program(), "--version"));
    return version.find() ? Optional.of(version.group(1)) : Optional.empty();
  }

  /** The kubelet names its node after the host, in lower case, unless it is told a name. */
  private Optional<String> node() throws Unavailable {
    Optional<String> told =
        machine
            .text("/var/lib/kubelet/kubeadm-flags.env")
            .map(OVERRIDE::matcher)
            .filter(Matcher::find)
            .map(match -> match.group(1).replace("\"", ""));
    return told.isPresent()
        ? told
        : machine.text("/proc/sys/kernel/hostname").map(name -> name.toLowerCase(Locale.ROOT));
  }
}
