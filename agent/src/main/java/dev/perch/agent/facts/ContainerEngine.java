package dev.perch.agent.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.agent.machine.Machine;
import dev.perch.agent.machine.Unavailable;
import dev.perch.contract.facts.RuntimeFacts.Engine;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One kind of container engine, and where to look for it.
 *
 * @param name as it is reported
 * @param program its own, which knows its version
 * @param sockets where distributions let it listen
 */
record ContainerEngine(String name, String program, List<String> sockets) {
  static final List<ContainerEngine> KNOWN =
      List.of(
          new ContainerEngine(
              "containerd",
              "containerd",
              List.of(
                  "/run/containerd/containerd.sock",
                  "/run/k3s/containerd/containerd.sock",
                  "/var/snap/microk8s/common/run/containerd.sock")),
          new ContainerEngine("cri-o", "crio", List.of("/run/crio/crio.sock")),
          new ContainerEngine("docker", "dockerd", List.of("/run/docker.sock")));

  private static final Pattern VERSION = Pattern.compile("\\bv?(\\d+\\.\\d+\\.\\d+[\\w.~+-]*)");
  private static final Pattern HANDLER =
      Pattern.compile("^\\s*\\[plugins\\..*\\.containerd\\.runtimes\\.\"?([\\w-]+)\"?]\\s*$");
  private static final Pattern DEFAULT =
      Pattern.compile("^\\s*default_runtime_name\\s*=\\s*[\"']([\\w-]+)[\"']\\s*$");

  ContainerEngine {
    sockets = List.copyOf(sockets);
  }

  /** The handlers of an engine, and which of them pods get that name none. */
  private record Handlers(@Nullable String standard, Set<String> names) {
    static final Handlers NONE = new Handlers(null, Set.of());
  }

  Optional<Engine> find(Machine machine, Unknowns unknown) {
    Optional<String> socket = sockets.stream().filter(machine::exists).findFirst();
    Optional<String> version = version(machine);
    if (socket.isEmpty() && version.isEmpty()) {
      return Optional.empty();
    }
    boolean running = socket.filter(path -> answers(machine, path)).isPresent();
    Handlers handlers =
        running && !name.equals("docker")
            ? unknown.find("handlers", () -> handlers(machine, socket.orElseThrow()), Handlers.NONE)
            : Handlers.NONE;
    return Optional.of(
        new Engine(
            name,
            version.orElse(null),
            socket.orElse(null),
            running,
            handlers.standard(),
            List.copyOf(handlers.names())));
  }

  private Optional<String> version(Machine machine) {
    try {
      Matcher version = VERSION.matcher(machine.tool(program, "--version"));
      return version.find() ? Optional.of(version.group(1)) : Optional.empty();
    } catch (Unavailable e) {
      // Not installed here; its socket may still be.
      return Optional.empty();
    }
  }

  private static boolean answers(Machine machine, String socket) {
    try (SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(machine.at(socket)))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** What the running engine says; without crictl, what containerd would read at its next start. */
  private Handlers handlers(Machine machine, String socket) throws Unavailable {
    try {
      return running(machine.json("crictl", "--runtime-endpoint", "unix://" + socket, "info"));
    } catch (Unavailable e) {
      if (!name.equals("containerd")) {
        throw e;
      }
      return configured(machine.tool("containerd", "config", "dump"));
    }
  }

  private static Handlers running(JsonNode info) {
    Set<String> names = new TreeSet<>();
    info.path("runtimeHandlers").forEach(handler -> names.add(handler.path("name").asText()));
    JsonNode containerd = info.path("config").path("containerd");
    containerd.path("runtimes").fieldNames().forEachRemaining(names::add);
    // The handler without a name is the standard one under its other name.
    names.remove("");
    String standard = containerd.path("defaultRuntimeName").asText();
    return new Handlers(standard.isEmpty() ? null : standard, names);
  }

  private static Handlers configured(String toml) {
    Set<String> names = new TreeSet<>();
    String standard = null;
    for (String line : toml.lines().toList()) {
      matched(HANDLER, line).ifPresent(names::add);
      standard = matched(DEFAULT, line).orElse(standard);
    }
    return new Handlers(standard, names);
  }

  private static Optional<String> matched(Pattern pattern, String line) {
    return Stream.of(pattern.matcher(line)).filter(Matcher::matches).map(m -> m.group(1)).findAny();
  }
}
