package dev.perch.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.perch.contract.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Runs what is run most against a server of its own, so that a JVM that is told to makes an AOT
 * cache of it (JEP 514): {@code java -XX:AOTCacheOutput=FILE … dev.perch.cli.Training}. It prints
 * nothing and leaves nothing behind.
 */
final class Training {
  private static final String ID = "00000000-0000-7000-8000-000000000000";
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("--help"),
          List.of("sites", "list"),
          List.of("hosts", "list", "--help"),
          List.of("hosts", "list", "--site", ID),
          List.of("hosts", "get", ID, "-o", "json"),
          List.of("hosts", "get", ID, "-o", "yaml"),
          List.of("hosts", "set", ID, "--label", "rack=a1", "--reason", "training"),
          List.of("hosts", "timeline", "north-1/north-1"),
          List.of("groups", "list"),
          List.of("facts", "list", ID),
          List.of("operations", "list"),
          List.of("alarms", "list"),
          List.of("tsn", "--help"));

  private Training() {}

  public static void main(String[] arguments) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    server.createContext("/", exchange -> answer(exchange, address));
    server.start();
    Path folder = Files.createTempDirectory("perch-training");
    try {
      train(folder, address);
    } finally {
      server.stop(0);
      delete(folder);
    }
  }

  private static void train(Path folder, String address) throws IOException {
    ObjectNode state = Json.MAPPER.createObjectNode();
    ArrayNode parts = state.putArray("parts");
    parts.addObject().put("kind", "SERVICE").put("name", "inventory").put("address", address);
    parts.addObject().put("kind", "IDENTITY").put("name", "keycloak").put("address", address);
    ObjectNode logins = Json.MAPPER.createObjectNode();
    logins.putObject("keycloak/perch/perch-token-admin").put("user", "a").put("password", "b");
    Files.write(folder.resolve("state.json"), Json.MAPPER.writeValueAsBytes(state));
    Files.write(folder.resolve("credentials.json"), Json.MAPPER.writeValueAsBytes(logins));
    Environment environment =
        new Environment(Map.of("XDG_CONFIG_HOME", folder.toString()), folder, folder);
    PrintWriter nowhere =
        new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    for (List<String> command : COMMANDS) {
      String[] arguments = command.toArray(String[]::new);
      CommandLine line =
          Main.commandLineFor(environment, arguments).setOut(nowhere).setErr(nowhere);
      int code = line.execute(arguments);
      if (code != ExitCode.DONE) {
        throw new IllegalStateException(command + " ended with " + code);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Something that passes for whatever is asked: a resource, a list, an issuer, a token. */
  private static void answer(HttpExchange exchange, String address) throws IOException {
    ObjectNode anything = Json.MAPPER.createObjectNode().put("id", ID).put("name", "north-1");
    anything.putObject("labels").put("rack", "a1");
    anything.put("token_endpoint", address).put("access_token", "t").put("expires_in", 300);
    anything.putArray("items").addObject().put("id", ID).put("name", "north-1");
    byte[] body = Json.MAPPER.writeValueAsBytes(anything);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.getResponseHeaders().add("ETag", "\"1\"");
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream stream = exchange.getResponseBody()) {
      stream.write(body);
    }
  }
}
