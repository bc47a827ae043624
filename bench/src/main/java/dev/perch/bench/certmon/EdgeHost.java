package dev.perch.bench.certmon;

import dev.perch.contract.Json;
import dev.perch.contract.link.EnrolmentToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A host as far as Perch can tell: the real agent with a state of its own, without rights that this
 * process lacks, and an nginx whose certificate it may put in place.
 */
final class EdgeHost implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The agent ignores lists and folders that others may write. */
  private static final FileAttribute<?> OURS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final AgentProgram program;
  private final Path folder;
  private final Path settings;
  private final WebServer server;
  private @Nullable Process agent;

  /**
   * @param folder that is made, for all of it
   */
  EdgeHost(AgentProgram program, Path folder) throws IOException {
    this.program = program;
    this.folder = Files.createDirectory(folder, OURS);
    this.settings = folder.resolve("agent.json");
    this.server =
        new WebServer(
            Files.createDirectory(folder.resolve("nginx"), OURS), tls().resolve("current"));
    Path allowed = Files.createDirectory(folder.resolve("agent.d"), OURS);
    write(
        allowed.resolve("web.json"),
        Map.of("folders", List.of(tls().toString()), "commands", List.of(server.reload())));
    write(
        settings,
        Map.of(
            "stateFolder", folder.resolve("state").toString(), "allowFolder", allowed.toString()));
  }

  private static void write(Path file, Map<String, ?> content) throws IOException {
    Json.MAPPER.writeValue(file.toFile(), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** Where documents may put a certificate. */
  Path tls() {
    return folder.resolve("tls");
  }

  WebServer server() {
    return server;
  }

  /** As somebody does it who sets the host up. */
  void enrol(EnrolmentToken token) throws IOException, InterruptedException {
    Path file = folder.resolve("token");
    Files.writeString(file, token.write());
    Process enrolling = run("enrol", "--token-file", file.toString());
    if (!enrolling.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      enrolling.destroyForcibly();
      throw new IllegalStateException("an agent does not enrol:\n" + log());
    }
    if (enrolling.exitValue() != 0) {
      throw new IllegalStateException("an agent did not enrol:\n" + log());
    }
  }

  void start() throws IOException {
    agent = run("run");
  }

  private Process run(String... words) throws IOException {
    return new ProcessBuilder(program.with(settings, words))
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(folder.resolve("agent.log").toFile()))
        .start();
  }

  /** The agent's process; empty before it was started. */
  OptionalLong pid() {
    Process running = agent;
    return running == null ? OptionalLong.empty() : OptionalLong.of(running.pid());
  }

  /** What the agent said. */
  String log() {
    try {
      return Files.readString(folder.resolve("agent.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends both. The agent has nothing to lose, and what it runs must not start an nginx again. */
  @Override
  public void close() throws IOException {
    Process running = agent;
    if (running != null) {
      List<ProcessHandle> children = running.descendants().toList();
      running.destroyForcibly().onExit().join();
      for (ProcessHandle child : children) {
        var _ = child.destroyForcibly();
        child.onExit().join();
      }
      agent = null;
    }
    server.close();
  }
}
