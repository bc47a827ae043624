package dev.perch.e2e;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/** One Perch with two replicas of inventory, started by {@code ./perch up} for all tests. */
final class Perch {
  private static final Path STATE =
      Checkout.ROOT.resolve("e2e").resolve("target").resolve("perch").toAbsolutePath();
  private static final Perch RUNNING = start();

  /** A process of the stack. */
  record Component(
      String name, String kind, long pid, String address, boolean ready, int restarts) {}

  private String token = "";
  private long tokenUntil;

  private Perch() {}

  static Perch running() {
    return RUNNING;
  }

  private static Perch start() {
    Runtime.getRuntime().addShutdownHook(new Thread(Perch::stop));
    Checkout.perch(
            "up",
            "--detach",
            "--fresh",
            "--no-build",
            "--no-aot",
            "--port-base",
            "free",
            "--replicas",
            "inventory=2",
            "--state-dir",
            STATE.toString())
        .successfully();
    return new Perch();
  }

  private static void stop() {
    Checkout.perch("down", "--state-dir", STATE.toString());
  }

  Path state() {
    return STATE;
  }

  List<Component> components() {
    try {
      JsonNode status =
          Json.MAPPER.readTree(
              Checkout.perch("status", "--json", "--state-dir", STATE.toString()).output());
      List<Component> components = new ArrayList<>();
      status.path("components").forEach(c -> components.add(component(c)));
      return components;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Component component(JsonNode c) {
    return new Component(
        c.path("name").asText(),
        c.path("kind").asText(),
        c.path("pid").asLong(),
        c.path("address").asText(),
        c.path("ready").asBoolean(),
        c.path("restarts").asInt());
  }

  Component component(String kind) {
    return components().stream().filter(c -> c.kind().equals(kind)).findFirst().orElseThrow();
  }

  /** The replicas of inventory, by name. */
  List<Component> inventories() {
    return components().stream().filter(c -> c.name().startsWith("inventory")).toList();
  }

  /** Waits until every process is ready again. */
  void awaitReady() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> components().stream().allMatch(Component::ready));
  }

  String kafka() {
    return component("broker").address();
  }

  /** An admin's bearer token from the identity provider; made anew before it expires. */
  synchronized String token() {
    if (System.nanoTime() > tokenUntil) {
      token = token("admin");
      tokenUntil = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    }
    return token;
  }

  String token(String role) {
    return Checkout.perch("token", "--role", role, "--state-dir", STATE.toString())
        .successfully()
        .output()
        .strip();
  }

  /** A request to one replica, as an admin. */
  RequestSpecification at(Component replica) {
    return given().baseUri(replica.address()).auth().oauth2(token());
  }

  UUID createSite(Component replica) {
    return UUID.fromString(
        at(replica)
            .contentType(ContentType.JSON)
            .body(Map.of("name", "site-" + UUID.randomUUID().toString().substring(0, 8)))
            .post("/v1/sites")
            .then()
            .statusCode(201)
            .extract()
            .path("id"));
  }

  UUID createHost(Component replica, UUID site, String name) {
    return UUID.fromString(
        at(replica)
            .contentType(ContentType.JSON)
            .body(Map.of("siteId", site, "name", name, "personality", "WORKER"))
            .post("/v1/hosts")
            .then()
            .statusCode(201)
            .extract()
            .path("id"));
  }

  static URI uri(Component replica, String path) {
    return URI.create(replica.address()).resolve(path);
  }

  /** Stops and continues a process without ending it, as a hung machine would. */
  static void signal(String signal, long pid) {
    Checkout.run(Map.of(), List.of("kill", "-" + signal, Long.toString(pid))).successfully();
  }
}
