package dev.perch.launcher.stack;

import dev.perch.launcher.process.Console;
import dev.perch.launcher.process.StartFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * Keycloak as its authors distribute it, fetched by Maven, unpacked and built for PostgreSQL once
 * per user. The folder appears whole or not at all; two checkouts that prepare it at the same time
 * wait for each other.
 */
final class KeycloakDistribution {
  /** Options that Keycloak takes at build time only. */
  private static final List<String> BUILD_OPTIONS =
      List.of("--db=postgres", "--health-enabled=false", "--metrics-enabled=false");

  private static final String DEPENDENCY_PLUGIN =
      "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";

  private final Path cache;
  private final Path log;
  private final Console console;

  KeycloakDistribution(Path cache, Path log, Console console) {
    this.cache = cache;
    this.log = log;
    this.console = console;
  }

  /**
   * @return the folder of the built distribution, to be left unchanged
   */
  Path prepare() throws IOException, InterruptedException, StartFailed {
    String version = version();
    Path home =
        cache.resolve(
            "keycloak-%s-%08x".formatted(version, String.join(" ", BUILD_OPTIONS).hashCode()));
    if (Files.isDirectory(home)) {
      return home;
    }
    Files.createDirectories(cache);
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve("keycloak.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (held.isValid() && !Files.isDirectory(home)) {
        make(version, home);
      }
    }
    return home;
  }

  private void make(String version, Path home)
      throws IOException, InterruptedException, StartFailed {
    Path work = Files.createTempDirectory(cache, "keycloak-new-");
    try {
      phase("fetched", () -> fetch(version, work));
      Path archive = work.resolve("keycloak-quarkus-dist-" + version + ".tar.gz");
      phase("unpacked", () -> run(work, Map.of(), List.of("tar", "xzf", archive.toString())));
      Path unpacked = work.resolve("keycloak-" + version);
      phase("built for PostgreSQL", () -> build(unpacked));
      Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Folders.delete(work);
    }
  }

  private void fetch(String version, Path work)
      throws IOException, InterruptedException, StartFailed {
    String artifact = "org.keycloak:keycloak-quarkus-dist:" + version + ":tar.gz";
    run(
        work,
        Map.of("JAVA_HOME", System.getProperty("java.home")),
        List.of(
            "mvn",
            "--batch-mode",
            "--quiet",
            DEPENDENCY_PLUGIN,
            "-Dartifact=" + artifact,
            "-DoutputDirectory=" + work));
  }

  private void build(Path unpacked) throws IOException, InterruptedException, StartFailed {
    List<String> command = new ArrayList<>();
    command.add(unpacked.resolve("bin/kc.sh").toString());
    command.add("build");
    command.addAll(BUILD_OPTIONS);
    run(
        unpacked,
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "JAVA_OPTS",
            "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"),
        command);
  }

  private void run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException, StartFailed {
    Shell.run(command, folder, environment, log);
  }

  private void phase(String name, Phase phase)
      throws IOException, InterruptedException, StartFailed {
    Instant began = Instant.now();
    phase.run();
    console.say(
        "keycloak", name + " after " + Console.seconds(Duration.between(began, Instant.now())));
  }

  private interface Phase {
    void run() throws IOException, InterruptedException, StartFailed;
  }

  /** Of the parent POM, by way of a filtered resource. */
  private static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = KeycloakDistribution.class.getResourceAsStream("versions.properties")) {
      properties.load(Objects.requireNonNull(in, "versions.properties"));
    }
    return properties.getProperty("keycloak");
  }
}
