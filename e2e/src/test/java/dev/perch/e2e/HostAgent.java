package dev.perch.e2e;

import dev.perch.contract.Json;
import dev.perch.kit.testkit.NetworkNamespace;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The real agent on a host of its own: a network namespace behind a WAN that can be cut, with a
 * proxy at the border as the only way to Perch.
 */
final class HostAgent implements AutoCloseable {
  private final NetworkNamespace network = NetworkNamespace.create();
  private final ConnectProxy proxy = new ConnectProxy(network.hostAddress());
  private final Path folder;
  private @Nullable Process process;

  HostAgent() {
    try {
      folder = Files.createTempDirectory("perch-e2e-agent");
      Files.createDirectories(allowed());
      Path allow = Files.createDirectories(folder.resolve("agent.d"));
      Json.MAPPER.writeValue(
          allow.resolve("tests.json").toFile(),
          Map.of(
              "folders", List.of(allowed().toString()),
              "commands",
                  List.of(
                      List.of("/bin/true"), List.of("/bin/false"), List.of(command().toString()))));
      Json.MAPPER.writeValue(
          settings().toFile(),
          Map.of(
              "stateFolder", folder.resolve("state").toString(),
              "allowFolder", allow.toString(),
              "proxy", proxy.address(),
              "driftSeconds", 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A command that documents may name, once a test has written it. */
  Path command() {
    return folder.resolve("reload");
  }

  /** Where documents may put files. */
  Path allowed() {
    return folder.resolve("allowed");
  }

  void enrol(String token) {
    try {
      Path file = folder.resolve("token");
      Files.writeString(file, token);
      Checkout.run(Map.of(), command("enrol", "--token-file", file.toString())).successfully();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void start() {
    try {
      process =
          new ProcessBuilder(command("run"))
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(folder.resolve("agent.log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As if the machine lost its power: {@code kill -9}. */
  void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      try {
        if (!running.waitFor(10, TimeUnit.SECONDS)) {
          throw new AssertionError("the agent does not die");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Somebody deletes the keys that certificates were issued for, and nothing else. */
  void loseKeys() throws IOException {
    Path keys = folder.resolve("state/host-keys");
    try (Stream<Path> all = Files.list(keys)) {
      for (Path key : all.toList()) {
        Files.delete(key);
      }
    }
    Files.delete(keys);
  }

  /** Runs {@code ip} on the host. */
  void ip(String... arguments) {
    Checkout.run(
            Map.of(),
            Stream.concat(
                    network.commandPrefix().stream(),
                    Stream.concat(Stream.of("ip"), Stream.of(arguments)))
                .toList())
        .successfully();
  }

  void cutWan() {
    network.cut();
  }

  void restoreWan() {
    network.restore();
  }

  /** What the agent said, for a failing test's message. */
  String log() {
    try {
      return Files.readString(folder.resolve("agent.log"));
    } catch (IOException e) {
      return "";
    }
  }

  private Path settings() {
    return folder.resolve("agent.json");
  }

  private List<String> command(String... arguments) {
    Path target = Checkout.ROOT.resolve("agent/target");
    List<String> command = new ArrayList<>(network.commandPrefix());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx48m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", target + "/*" + File.pathSeparator + target + "/lib/*"));
    command.addAll(List.of("dev.perch.agent.Main", "--settings", settings().toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  @Override
  public void close() {
    kill();
    proxy.close();
    network.close();
  }
}
