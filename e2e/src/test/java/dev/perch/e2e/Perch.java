package dev.perch.e2e;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.launcher.process.Probe;
import dev.perch.launcher.process.StateFile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
      String name,
      String kind,
      long pid,
      String address,
      boolean ready,
      int restarts,
      Map<String, Boolean> sees) {}

  /** How long something is away; a full minute with {@code -Dperch.e2e.outage.seconds=60}. */
  static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("perch.e2e.outage.seconds", 8));

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
    Map<String, Boolean> sees = new HashMap<>();
    c.path("dependencies")
        .forEach(d -> sees.put(d.path("name").asText(), d.path("up").asBoolean()));
    return new Component(
        c.path("name").asText(),
        c.path("kind").asText(),
        c.path("pid").asLong(),
        c.path("address").asText(),
        c.path("ready").asBoolean(),
        c.path("restarts").asInt(),
        sees);
  }

  Component component(String kind) {
    return components().stream().filter(c -> c.kind().equals(kind)).findFirst().orElseThrow();
  }

  /** The replicas of inventory, by name. */
  List<Component> inventories() {
    return components().stream().filter(c -> c.name().startsWith("inventory")).toList();
  }

  /** As it is now. */
  Component named(String name) {
    return components().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  /** Where a replica says whether it takes requests. */
  static URI readiness(Component replica) {
    return new StateFile(STATE)
        .readRunning()
        .flatMap(stack -> stack.part(replica.name()))
        .map(part -> ((Probe.Http) part.ready()).uri())
        .orElseThrow();
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

  /** Lets nothing of a part run until the pause is closed: its connections stay, and are silent. */
  Pause pause(Component component) {
    List<Long> pids = new ArrayList<>(List.of(component.pid()));
    signal("STOP", component.pid());
    ProcessHandle.of(component.pid()).stream()
        .flatMap(ProcessHandle::descendants)
        .map(ProcessHandle::pid)
        .forEach(pids::add);
    pids.forEach(pid -> signal("STOP", pid));
    return () -> pids.forEach(pid -> signal("CONT", pid));
  }

  /** A part that does not run for a while. */
  interface Pause extends AutoCloseable {
    @Override
    void close();
  }

  /** Stops and continues a process without ending it, as a hung machine would. */
  static void signal(String signal, long pid) {
    Checkout.run(Map.of(), List.of("kill", "-" + signal, Long.toString(pid))).successfully();
  }
}
