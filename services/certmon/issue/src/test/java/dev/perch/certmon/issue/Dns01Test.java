package dev.perch.certmon.issue;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.perch.kit.peers.Pebble;
import dev.perch.kit.peers.PebbleSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.TSIG;

/** The two ways into a zone; Pebble looks at it through challtestsrv. */
class Dns01Test {
  private static final String SECRET =
      Base64.getEncoder().encodeToString("a key of 32 octets for the tests".getBytes(US_ASCII));
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir static Path folder;
  private static AcmeWorld world;
  private static Pebble pebble;

  @BeforeAll
  static void start() throws Exception {
    world = new AcmeWorld(Files.createDirectory(folder.resolve("dns")));
    pebble =
        new Pebble(
            Files.createDirectory(folder.resolve("pebble")),
            PebbleSettings.answeredAt(world.httpPort(), world.tlsPort())
                .resolvingAt(world.dns.dns()));
    pebble.start();
  }

  @AfterAll
  static void stop() {
    pebble.close();
    world.close();
  }

  @Test
  void aZoneIsUpdated() {
    TSIG key = new TSIG(TSIG.HMAC_SHA256, "perch.", SECRET);
    try (UpdatableZone zone = new UpdatableZone(world.dns, key)) {
      assertIssued(new Dns01Update(zone(zone, SECRET)), "dns:*.a.example");
    }
  }

  @Test
  void anUpdateWithAWrongKeyFailsAndIsTriedAgain() {
    TSIG key = new TSIG(TSIG.HMAC_SHA256, "perch.", SECRET);
    String wrong = Base64.getEncoder().encodeToString(new byte[32]);
    try (UpdatableZone zone = new UpdatableZone(world.dns, key);
        AcmeIssuer issuer = issuer(new Dns01Update(zone(zone, wrong)))) {
      Step.Failed failed = Drive.toFailure(issuer, Requests.forNames("dns:b.example"));

      assertThat(failed.failure()).isInstanceOf(Failure.Transient.class);
      assertThat(failed.failure().code()).isEqualTo("not-presented");
      assertThat(failed.state()).isInstanceOf(Issuance.Challenged.class);
      assertThat(zone(zone, wrong).toString()).doesNotContain(wrong);
    }
  }

  @Test
  void aZoneAnswersForItsOwnNamesOnly() {
    TSIG key = new TSIG(TSIG.HMAC_SHA256, "perch.", SECRET);
    try (UpdatableZone zone = new UpdatableZone(world.dns, key)) {
      Dns01Update solver = new Dns01Update(zone(zone, SECRET));

      assertThat(solver.answersFor(SubjectName.dns("a.example"))).isTrue();
      assertThat(solver.answersFor(SubjectName.dns("an-example"))).isFalse();
      assertThat(solver.answersFor(SubjectName.ip("127.0.0.1"))).isFalse();
    }
  }

  @Test
  void aHookIsAskedToPresentAndToCleanUp() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hook/",
        exchange -> {
          boolean known =
              "Bearer token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          if (known) {
            tell(exchange.getRequestURI().getPath(), exchange.getRequestBody().readAllBytes());
          }
          exchange.sendResponseHeaders(known ? 204 : 401, -1);
          exchange.close();
        });
    server.start();
    try (Dns01Webhook hook = hook(server, "token");
        Dns01Webhook stranger = hook(server, "other")) {
      assertIssued(hook, "dns:*.c.example");
      assertThatThrownBy(() -> stranger.present(challenge()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("answered 401");
    } finally {
      server.stop(0);
    }
  }

  private static void tell(String path, byte[] body) throws IOException {
    JsonNode told = new ObjectMapper().readTree(body);
    String name = told.path("fqdn").asText();
    switch (path) {
      case "/hook/present" -> world.dns.addTxt(name, told.path("value").asText());
      case "/hook/cleanup" -> world.dns.clearTxt(name);
      default -> throw new IOException("asked for " + path);
    }
  }

  private static Dns01Webhook hook(HttpServer server, String bearer) {
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook/");
    return new Dns01Webhook(new Dns01Webhook.Hook(base, bearer, Set.of(), PATIENCE));
  }

  private static Challenge challenge() {
    URI nowhere = URI.create("https://ca.example/");
    return new Challenge(
        nowhere, nowhere, ChallengeType.DNS_01, SubjectName.dns("d.example"), "t", "t.k");
  }

  private static Dns01Update.Zone zone(UpdatableZone zone, String secret) {
    return new Dns01Update.Zone(
        "example", zone.address(), new Dns01Update.Key("perch", "hmac-sha256", secret), PATIENCE);
  }

  private static AcmeIssuer issuer(ChallengeSolver solver) {
    return new AcmeIssuer(
        AcmeSettings.of(pebble.directory(), Set.of(pebble.tlsAnchor())),
        KeyType.P256.generate(),
        List.of(solver),
        Requests.CLOCK);
  }

  private static void assertIssued(ChallengeSolver solver, String name) {
    try (AcmeIssuer issuer = issuer(solver)) {
      assertThat(Drive.toTheEnd(issuer, Requests.forNames(name)).chain().names())
          .containsExactly(SubjectName.parse(name));
    }
  }
}
