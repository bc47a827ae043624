package dev.perch.launcher.process;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A small part for tests: answers every request with 200 and writes into a journal when it starts
 * and when it is asked to stop.
 */
final class Answering {
  private Answering() {}

  /** Arguments: name, port, journal. */
  public static void main(String[] args) throws IOException {
    Path journal = Path.of(args[2]);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> write(journal, "stop " + args[0])));
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1])), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    write(journal, "start " + args[0]);
    server.start();
  }

  static Part part(Path folder, String name, int port, String... needs) {
    return part(folder, name, port, List.of(), needs);
  }

  /**
   * @param prefix put before the command
   */
  static Part part(Path folder, String name, int port, List<String> prefix, String... needs) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx32m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Path.of("target", "test-classes").toAbsolutePath()
                + ":"
                + Path.of("target", "classes").toAbsolutePath(),
            Answering.class.getName(),
            name,
            Integer.toString(port),
            folder.resolve("journal").toString()));
    return new Part(
        name,
        Part.Kind.SERVICE,
        Set.of(needs),
        new Part.Start(command, Map.of(), folder, folder.resolve(name + ".log"), ""),
        new Part.Serves(
            "http://127.0.0.1:" + port,
            List.of(port),
            new Probe.Http(URI.create("http://127.0.0.1:" + port))),
        new Part.Stop(StopSignal.TERM, Duration.ofSeconds(2)),
        Optional.empty());
  }

  private static void write(Path journal, String line) {
    try {
      Files.writeString(journal, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
