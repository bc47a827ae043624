package dev.perch.inventory.link;

import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static dev.perch.inventory.Api.delete;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.perch.contract.Catalogue;
import dev.perch.contract.Json;
import dev.perch.contract.host.Condition;
import dev.perch.contract.host.HostDocument;
import dev.perch.contract.link.AgentKeys;
import dev.perch.contract.link.LinkMessage;
import dev.perch.contract.link.LinkMessage.Desired;
import dev.perch.contract.link.LinkSettings;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The link's authority is exchanged: its spare one takes its place, and there is another spare. */
@QuarkusTest
@WithTestResource(Platform.class)
class LinkRotationTest {
  private static final String TOPIC = Catalogue.hostDesired("inventory").name();

  private final Path authorities =
      ConfigProvider.getConfig().getValue("perch.enrolment.authorities", Path.class);
  private byte[] before = {};

  @BeforeEach
  void remember() throws IOException {
    before = Files.readAllBytes(authorities);
  }

  @AfterEach
  void restore() throws IOException {
    Files.write(authorities, before);
  }

  private void exchange() throws IOException {
    Files.copy(
        authorities.resolveSibling("link-authorities-next.pem"),
        authorities,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static Set<String> pins() {
    return TestAgent.token(createHost(createSite()), false).pins();
  }

  @Test
  void everyAgentIsToldOfTheNewPinsAndWhoHasTakenThemIsShown() throws Exception {
    UUID host = createHost(createSite());
    Set<String> old = pins();
    try (TestAgent agent = TestAgent.enrolled(host).welcomed()) {

      exchange();

      Desired desired = agent.await(Desired.class);
      assertThat(desired.aspect()).isEqualTo(LinkSettings.ASPECT);
      assertThat(desired.driver()).isEqualTo("link");
      LinkSettings settings = Json.MAPPER.treeToValue(desired.spec(), LinkSettings.class);
      assertThat(settings.server()).isEqualTo("perch");
      assertThat(settings.endpoints()).hasToString("[https://perch.test:8443]");
      assertThat(settings.pins()).hasSize(2).isEqualTo(pins()).isNotEqualTo(old);
      assertThat(settings.pins()).filteredOn(old::contains).as("the spare one").hasSize(1);
      agent.say(taken(desired));
      agent.await(LinkMessage.Ack.class);
      asViewer()
          .get("/v1/hosts/" + host + "/documents")
          .then()
          .body("items[0].aspect", is("link"))
          .body("items[0].service", is("inventory"))
          .body("items[0].observed.generation", is((int) desired.generation()));
      List<Event> published = Events.await(TOPIC, HostDocument.key(host, "link"), 1);
      assertThat(
              Json.MAPPER.treeToValue(
                  Objects.requireNonNull(published.getFirst().value()).at("/spec"),
                  LinkSettings.class))
          .isEqualTo(settings);
    }
  }

  private static LinkMessage taken(Desired desired) {
    return new LinkMessage.Observed(
        1,
        desired.aspect(),
        desired.generation(),
        List.of(new Condition("Verified", Condition.Status.TRUE, "Welcome", "", Instant.EPOCH)),
        desired.spec());
  }

  @Test
  void whoWasAwayIsToldWhenItReturnsAndWhoEnrolsAfterwardsKnowsAlready() throws Exception {
    TestAgent away = TestAgent.enrolled(createHost(createSite()));
    TestAgent witness = TestAgent.enrolled(createHost(createSite())).welcomed();
    exchange();
    witness.await(Desired.class);

    try (TestAgent back = away.again().welcomed()) {
      assertThat(back.await(Desired.class).aspect()).isEqualTo(LinkSettings.ASPECT);
    }

    UUID later = createHost(createSite());
    TestAgent.enrol(TestAgent.token(later, false), AgentKeys.generate()).then().statusCode(201);
    Awaitility.await("longer than a look takes")
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(10))
        .until(() -> documents(later).isEmpty());
    witness.close();
  }

  private static List<?> documents(UUID host) {
    return asViewer().get("/v1/hosts/" + host + "/documents").path("items");
  }

  @Test
  void withTheHostItsDocumentGoes() throws Exception {
    UUID host = createHost(createSite());
    try (TestAgent agent = TestAgent.enrolled(host).welcomed()) {
      exchange();
      agent.await(Desired.class);

      delete(host).then().statusCode(204);

      List<Event> published = Events.await(TOPIC, HostDocument.key(host, "link"), 2);
      assertThat(published.getLast().value()).isNull();
    }
  }
}
