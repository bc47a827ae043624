package dev.perch.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.contract.Json;
import dev.perch.contract.host.Condition;
import dev.perch.contract.link.LinkMessage.Beat;
import dev.perch.contract.link.LinkMessage.Desired;
import dev.perch.contract.link.LinkMessage.Facts;
import dev.perch.contract.link.LinkMessage.Hello;
import dev.perch.contract.link.LinkMessage.Moved;
import dev.perch.contract.link.LinkMessage.Observed;
import dev.perch.contract.link.LinkMessage.Resync;
import dev.perch.contract.link.LinkSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent on this machine, against the other end of the link. */
class LinkTest {
  @TempDir static Path authorities;
  private static Authority authority;
  private static Authority spare;

  @TempDir Path temp;
  private Settings settings;
  private Centre centre;
  private @Nullable Agent agent;

  @BeforeAll
  static void twoAuthorities() {
    authority = Authority.create(authorities.resolve("one"), 30);
    spare = Authority.create(authorities.resolve("two"), 30);
  }

  @BeforeEach
  void aCentre() {
    settings = settings(null);
    centre = new Centre(authority);
  }

  @AfterEach
  void stop() throws Exception {
    if (agent != null) {
      agent.close();
    }
    centre.close();
  }

  @Test
  void anEnrolledAgentProvesWhoItIsAndBeats() throws Exception {
    enrol(settings);
    start();

    Hello hello = centre.await(Hello.class);
    assertThat(hello.agentVersion()).isNotBlank();
    centre.await(Beat.class);
    centre.await(Beat.class);
  }

  @Test
  void enrollingAgainWithTheSameKeysIsTheSame() throws Exception {
    assertThat(enrol(settings)).isEqualTo(enrol(settings));
  }

  @Test
  void aTokenThatIsNotGoodSaysSoAndLeavesTheHostUnknown() throws Exception {
    enrol(settings);
    Settings other = new Settings(temp.resolve("other"), temp, null, "x", 60);

    assertThatThrownBy(() -> enrol(other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("used, expired or withdrawn");
  }

  @Test
  void privateKeysAreForTheAgentOnly() throws Exception {
    enrol(settings);

    Path state = settings.stateFolder();
    assertThat(Files.getPosixFilePermissions(state))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(Files.getPosixFilePermissions(state.resolve("keys/signing.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aServerWithoutAPinnedKeyIsToldNothing() throws Exception {
    enrol(settings);
    try (Centre impostor = new Centre(spare)) {
      LinkSettings misled =
          new LinkSettings(
              Centre.NAME, List.of(impostor.endpoint()), centre.settings().pins());
      Files.writeString(
          settings.stateFolder().resolve("link.json"), Json.MAPPER.writeValueAsString(misled));
      start();

      await()
          .during(Duration.ofSeconds(2))
          .atMost(Duration.ofSeconds(5))
          .until(() -> impostor.connections() == 0);
    }
  }

  @Test
  void factsAreSentWhenTheyAreAskedFor() throws Exception {
    enrol(settings);
    start();
    centre.await(Hello.class);

    centre.await(Facts.class, facts -> facts.facets().getFirst().facet().equals("virtualisation"));
    centre.send(new Resync(List.of("cpu", "no-such-facet")));

    Facts facts = centre.await(Facts.class, f -> f.facets().getFirst().facet().equals("cpu"));
    assertThat(facts.facets().getFirst().data()).isNotNull();
  }

  @Test
  void helloCarriesTheDigestsOfWhatWasKnownBeforeARestart() throws Exception {
    enrol(settings);
    start();
    centre.await(Facts.class, f -> f.facets().getFirst().facet().equals("time"));
    restart();

    assertThat(centre.await(Hello.class).digests()).containsKeys("cpu", "network", "time");
  }

  @Test
  void aDocumentIsAppliedAndReportedEvenAcrossALostConnection() throws Exception {
    centre.withoutAcknowledging();
    enrol(settings);
    start();
    centre.await(Hello.class);
    centre.send(document(7, "one"));

    Observed first = centre.await(Observed.class);
    centre.drop();
    Hello again = centre.await(Hello.class);
    Observed second = centre.await(Observed.class);

    assertThat(first.generation()).isEqualTo(7);
    assertThat(first.conditions())
        .extracting(Condition::type, Condition::status)
        .contains(
            tuple("Applied", Condition.Status.TRUE), tuple("Verified", Condition.Status.TRUE));
    assertThat(own("web/current/a")).hasContent("one");
    assertThat(again.documents()).containsEntry("backup", 7L);
    assertThat(second.conditions()).isEqualTo(first.conditions());
    assertThat(second.seq()).isEqualTo(1);
  }

  @Test
  void whatIsAcknowledgedIsNotSaidAgain() throws Exception {
    enrol(settings);
    start();
    centre.await(Hello.class);
    centre.send(document(7, "one"));
    centre.await(Observed.class);
    await()
        .until(
            () -> {
              try (var files = Files.list(settings.stateFolder().resolve("unconfirmed"))) {
                return files.findAny().isEmpty();
              }
            });
    restart();
    centre.await(Hello.class);
    centre.await(Beat.class);
    centre.await(Beat.class);

    assertThat(centre.heard()).noneMatch(Observed.class::isInstance);
  }

  @Test
  void aDocumentIsAppliedAndDriftRepairedWithoutTheCentre() throws Exception {
    enrol(settings);
    start();
    centre.await(Hello.class);
    centre.send(document(7, "one"));
    centre.await(Observed.class);
    centre.close();

    Files.writeString(own("web/current/a").toRealPath(), "tampered");

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(own("web/current/a")).hasContent("one"));
  }

  @Test
  void aWithdrawnDocumentIsTakenBack() throws Exception {
    enrol(settings);
    start();
    centre.await(Hello.class);
    centre.send(document(7, "one"));
    centre.await(Observed.class);

    centre.send(Desired.withdrawn("backup"));

    assertThat(centre.await(Observed.class).generation()).isZero();
    assertThat(own("web/current")).doesNotExist();
  }

  @Test
  void aDocumentForADriverThatIsNotThereIsRefused() throws Exception {
    enrol(settings);
    start();
    centre.await(Hello.class);

    centre.send(new Desired("tsn", 1, "taprio", Json.MAPPER.createObjectNode()));

    Observed observed = centre.await(Observed.class);
    assertThat(observed.generation()).isZero();
    assertThat(observed.conditions().getFirst().reason()).isEqualTo("Refused");
    assertThat(observed.conditions().getFirst().message()).contains("driver.unknown");
  }

  @Test
  void anAspectWithAnImpossibleNameHarmsNothing() throws Exception {
    enrol(settings);
    start();
    centre.await(Hello.class);

    centre.send(new Desired("../../etc", 1, "files", Json.MAPPER.createObjectNode()));
    centre.send(document(1, "one"));

    assertThat(centre.await(Observed.class).aspect()).isEqualTo("backup");
  }

  @Test
  void newPinsAreProvenBeforeTheOldOnesGo() throws Exception {
    enrol(settings);
    start();
    centre.await(Hello.class);
    try (Centre next = new Centre(spare).knowing(centre)) {
      centre.send(linkDocument(next.settings()));

      next.await(Hello.class);
      Observed observed =
          next.await(Observed.class, o -> status(o, "Verified") == Condition.Status.TRUE);

      assertThat(observed.aspect()).isEqualTo("link");
      assertThat(settings.stateFolder().resolve("link-candidate.json")).doesNotExist();
      assertThat(
              Json.MAPPER.readValue(
                  settings.stateFolder().resolve("link.json").toFile(), LinkSettings.class))
          .isEqualTo(next.settings());
    }
  }

  @Test
  void pinsThatDoNotWorkLeaveTheOldOnesInForce() throws Exception {
    enrol(settings);
    start();
    centre.await(Hello.class);
    try (Centre next = new Centre(spare).withoutWelcoming()) {
      centre.send(linkDocument(next.settings()));

      centre.await(Hello.class);

      Observed observed = centre.await(Observed.class);
      assertThat(status(observed, "Verified")).isEqualTo(Condition.Status.UNKNOWN);
      assertThat(next.connections()).isPositive();
    }
  }

  @Test
  void aServerThatFallsSilentIsLeft() throws Exception {
    centre.promisingToPingEvery(Duration.ofMillis(300));
    enrol(settings);
    start();
    centre.await(Hello.class);

    centre.await(Hello.class);
  }

  @Test
  void anAgentThatIsToldToMoveComesBack() throws Exception {
    enrol(settings);
    start();
    Hello before = centre.await(Hello.class);

    centre.send(new Moved(100));

    assertThat(centre.await(Hello.class).instance()).isEqualTo(before.instance());
  }

  @Test
  void theLinkGoesThroughAProxy() throws Exception {
    try (ConnectProxy proxy = new ConnectProxy()) {
      settings = settings("127.0.0.1:" + proxy.port());
      enrol(settings);
      start();

      centre.await(Hello.class);
      centre.await(Beat.class);
      assertThat(proxy.targets()).contains("127.0.0.1:" + centre.endpoint().getPort());
    }
  }

  @Test
  void twoAgentsDoNotShareAState() throws Exception {
    start();

    assertThatThrownBy(() -> new Agent(settings, new HostMachine()))
        .hasMessageContaining("another agent");
  }

  @Test
  void anAgentThatRunsNoticesThatItWasEnrolled() throws Exception {
    start();
    enrol(settings);

    centre.await(Hello.class);
  }

  private static Condition.@Nullable Status status(Observed observed, String type) {
    return observed.conditions().stream()
        .filter(condition -> condition.type().equals(type))
        .map(Condition::status)
        .findFirst()
        .orElse(null);
  }

  private Desired document(long generation, String text) {
    ObjectNode spec = Json.MAPPER.createObjectNode();
    spec.put("folder", own("web").toString());
    spec.putArray("files").addObject().put("path", "a").put("text", text);
    return new Desired("backup", generation, "files", spec);
  }

  private static Desired linkDocument(LinkSettings wanted) {
    JsonNode spec = Json.MAPPER.valueToTree(wanted);
    return new Desired(LinkSettings.ASPECT, 1, LinkSettings.ASPECT, spec);
  }

  private Path own(String path) {
    return settings.stateFolder().resolve("files").resolve(path);
  }

  private Settings settings(@Nullable String proxy) {
    return new Settings(
        temp.resolve("state"), temp.resolve("agent.d"), proxy, "veth[0-9a-f]{7,8}", 1);
  }

  private String enrol(Settings with) throws IOException, InterruptedException {
    byte[] token = centre.token().write().getBytes(StandardCharsets.UTF_8);
    return new EnrolCommand(with, new ByteArrayInputStream(token)).run(List.of());
  }

  private void start() throws IOException {
    Agent started = new Agent(settings, new HostMachine());
    started.start();
    agent = started;
  }

  private void restart() throws Exception {
    if (agent != null) {
      agent.close();
    }
    start();
  }
}
