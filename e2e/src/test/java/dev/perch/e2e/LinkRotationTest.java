package dev.perch.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.launcher.stack.Credentials;
import dev.perch.launcher.stack.Folders;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An authority the agent did not know when it enrolled signs the certificate of its link. */
class LinkRotationTest {
  private static final List<String> KEPT =
      List.of("authorities.p12", "authorities.pem", "link.p12");
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Perch perch = Perch.running();
  private final Path folder = perch.state().resolve("data").resolve("link");
  private final String password =
      Credentials.in(new Folders(Checkout.ROOT, perch.state()))
          .find("link/key-store")
          .orElseThrow()
          .password();

  @BeforeEach
  void keep() throws IOException {
    for (String file : KEPT) {
      Files.copy(folder.resolve(file), folder.resolve(file + ".kept"));
    }
  }

  @AfterEach
  void restore() throws IOException {
    for (String file : KEPT) {
      replace(folder.resolve(file + ".kept"), folder.resolve(file));
    }
    restartInventory();
  }

  @Test
  void theAgentFollowsToAnAuthorityThatIsNewAndNeedsTheOldOneNoMore() throws IOException {
    // Given the agent of this machine, connected
    perch.awaitReady();
    UUID host = machine();
    await().atMost(PATIENCE).until(() -> connected() == 1);

    // When a new authority takes the place of the spare one among the pins
    Path keys = folder.resolve("authorities.p12");
    keytool(keys, pair("third", "bc:c=ca:true,pathlen:0", "ku:c=keyCertSign"));
    Path pins = folder.resolve("authorities.pem.new");
    Files.writeString(pins, certificate(keys, "authority") + certificate(keys, "third"));
    replace(pins, folder.resolve("authorities.pem"));

    // Then the agent is told, tries them and says so
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode link = link(host);
              assertThat(link.at("/observed/generation")).isEqualTo(link.at("/generation"));
              assertThat(link.at("/observed/readBack/pins")).isEqualTo(link.at("/spec/pins"));
              assertThat(link.at("/observed/conditions").findValuesAsText("type"))
                  .contains("Verified");
              assertThat(link.at("/observed/conditions").findValuesAsText("status"))
                  .containsOnly("TRUE");
            });

    // And when the new one signs the link's certificate, the agent comes back
    certifyBy("third", keys);
    restartInventory();
    await().atMost(PATIENCE).until(() -> connected() == 1);
    assertThat(availability(host)).isEqualTo("AVAILABLE");
  }

  private UUID machine() {
    String site = get("/v1/sites?name=local").at("/items/0/id").asText();
    return UUID.fromString(get("/v1/hosts?site=" + site).at("/items/0/id").asText());
  }

  private String availability(UUID host) {
    return get("/v1/hosts/" + host).at("/state/availability").asText();
  }

  private JsonNode link(UUID host) {
    for (JsonNode document : get("/v1/hosts/" + host + "/documents").path("items")) {
      if (document.path("aspect").asText().equals("link")) {
        return document;
      }
    }
    throw new AssertionError("the host has no document of the link");
  }

  private JsonNode get(String path) {
    try {
      return Json.MAPPER.readTree(
          perch
              .at(perch.inventories().getFirst())
              .get(path)
              .then()
              .statusCode(200)
              .extract()
              .asString());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** How many agents all replicas have, by their meters. */
  private double connected() {
    return perch.inventories().stream()
        .map(replica -> Perch.readiness(replica).resolve("/q/metrics").toString())
        .flatMap(meters -> RestAssured.get(meters).asString().lines())
        .filter(line -> line.startsWith("link_sessions "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }

  private void restartInventory() {
    perch.inventories().forEach(replica -> Perch.signal("KILL", replica.pid()));
    perch.awaitReady();
  }

  /** The link's key and certificate are made anew. */
  private void certifyBy(String signer, Path keys) throws IOException {
    keytool(keys, List.of("-delete", "-alias", "link"));
    List<String> server =
        new ArrayList<>(pair("link", "san=dns:localhost,ip:127.0.0.1", "eku=serverAuth"));
    server.addAll(List.of("-signer", signer));
    keytool(keys, server);
    Path store = folder.resolve("link.p12.new");
    run(
        List.of(
            "-importkeystore",
            "-noprompt",
            "-srckeystore",
            keys.toString(),
            "-srcstorepass:env",
            "LINK",
            "-destkeystore",
            store.toString(),
            "-deststorepass:env",
            "LINK",
            "-srcalias",
            "link"));
    replace(store, folder.resolve("link.p12"));
  }

  private static List<String> pair(String alias, String... extensions) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1"));
    for (String extension : extensions) {
      arguments.addAll(List.of("-ext", extension));
    }
    return arguments;
  }

  private String certificate(Path keys, String alias) throws IOException {
    Path file = folder.resolve(alias + ".pem");
    keytool(keys, List.of("-exportcert", "-rfc", "-alias", alias, "-file", file.toString()));
    String pem = Files.readString(file);
    Files.delete(file);
    return pem;
  }

  private void keytool(Path keys, List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("-keystore", keys.toString(), "-storepass:env", "LINK", "-noprompt"));
    run(all);
  }

  private void run(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    Checkout.run(Map.of("LINK", password), command).successfully();
  }

  private static void replace(Path fresh, Path old) throws IOException {
    Files.move(fresh, old, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
