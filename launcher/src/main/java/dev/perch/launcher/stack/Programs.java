package dev.perch.launcher.stack;

import dev.perch.kit.embedded.KafkaProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How each JVM is run. Serial collector everywhere: these are small heaps on few cores. */
final class Programs {
  /**
   * What a burst took is given back: a heap grows to what its program once needed, and malloc keeps
   * what compilers and handshakes have freed.
   */
  private static final List<String> GIVE_BACK =
      List.of(
          "-XX:MinHeapFreeRatio=15", "-XX:MaxHeapFreeRatio=30", "-XX:TrimNativeHeapInterval=30000");

  private Programs() {}

  /** The broker, from the launcher's own class path. */
  static JavaProgram kafka(List<String> arguments) {
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath())
            .filter(entry -> !entry.getFileName().toString().matches("perch-(launcher|contract).*"))
            .sorted()
            .toList();
    return new JavaProgram(
        "kafka",
        List.of("-Xms48m", "-Xmx256m", "-XX:+UseSerialGC"),
        List.of("-cp", joined(classPath), KafkaProcess.class.getName()),
        classPath.stream().filter(Files::isRegularFile).toList(),
        arguments);
  }

  /**
   * A service from the package that {@code quarkus.package.jar.type=aot-jar} makes. Its young
   * generation has its size from the start: the serial collector would give it a third of the first
   * heap until the first full collection, and move to the old generation what is dead a moment
   * later.
   */
  static JavaProgram service(Service service, Folders folders) {
    Path app = folders.checkout().resolve(service.module()).resolve("target/quarkus-app");
    return new JavaProgram(
        service.name(),
        Stream.concat(
                Stream.of(
                    "-Xms96m",
                    "-Xmx" + service.heapMegabytes() + "m",
                    "-XX:NewSize=48m",
                    "-XX:MaxNewSize=48m",
                    "-XX:+UseSerialGC"),
                GIVE_BACK.stream())
            .toList(),
        List.of("-jar", app.resolve("quarkus-run.jar").toString()),
        jarsBelow(app),
        List.of());
  }

  /** The host agent, from its own class path, with the flags of its package. */
  static JavaProgram agent(Folders folders, List<String> arguments) {
    Path target = folders.checkout().resolve("agent/target");
    Path jar = target.resolve("perch-agent.jar");
    return new JavaProgram(
        "agent",
        List.of(
            "-Xms6m",
            "-Xmx24m",
            "-Xss256k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED"),
        List.of("-cp", jar + ":" + target.resolve("lib") + "/*", "dev.perch.agent.Main"),
        List.of(jar),
        arguments);
  }

  /**
   * Keycloak on a flat class path instead of its own class loader, because only the classes of the
   * JVM's loaders go into an AOT cache: 3 s to start instead of 6 s.
   *
   * @param distribution the unpacked and built distribution
   * @param home where it keeps its files
   */
  static JavaProgram keycloak(Path distribution, Path home, List<String> arguments) {
    Path lib = distribution.resolve("lib");
    List<Path> classPath = new ArrayList<>();
    classPath.add(lib.resolve("quarkus/transformed-bytecode.jar"));
    classPath.add(lib.resolve("quarkus/generated-bytecode.jar"));
    classPath.add(lib.resolve("app/keycloak.jar"));
    classPath.addAll(jarsBelow(lib.resolve("lib/boot")));
    classPath.addAll(jarsBelow(lib.resolve("lib/main")));
    // As in kc.sh, but for the heap, the collector and the compiler.
    List<String> flags =
        List.of(
            "-Xms64m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:MetaspaceSize=96m",
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory"
                + "=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-Dkc.home.dir=" + home,
            "-Djboss.server.config.dir=" + home.resolve("conf"),
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dpicocli.disable.closures=true");
    return new JavaProgram(
        "keycloak",
        flags,
        List.of("-cp", joined(classPath), "org.keycloak.quarkus.runtime.KeycloakMain"),
        classPath,
        arguments);
  }

  private static String joined(List<Path> classPath) {
    return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static List<Path> jarsBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(
          folder + " cannot be read; ./perch up builds what is missing", e);
    }
  }
}
