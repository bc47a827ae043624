package dev.perch.inventory.link;

import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.perch.contract.link.FacetReport;
import dev.perch.contract.link.LinkClose;
import dev.perch.contract.link.LinkCodec;
import dev.perch.contract.link.LinkMessage;
import dev.perch.contract.link.LinkProtocol;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an agent tries, it gets nothing and harms nobody. */
@QuarkusTest
@WithTestResource(Platform.class)
class HostileAgentTest {

  @Test
  void aKeyThatIsNotTheHostsIsRefused() {
    UUID host = createHost(createSite());
    try (TestAgent honest = TestAgent.enrolled(host).welcomed();
        TestAgent stranger = TestAgent.unknown(host).connect()) {

      stranger.hello(stranger.challenge());

      assertThat(stranger.closedBecause()).isEqualTo(LinkClose.REFUSED);
      assertThat(stranger.rest()).isEmpty();
      serves(honest);
    }
  }

  @Test
  void anAgentIsNotTheAgentOfAnotherHost() {
    UUID victim = createHost(createSite());
    UUID own = createHost(createSite());
    try (TestAgent honest = TestAgent.enrolled(victim).welcomed();
        TestAgent hostile = TestAgent.enrolled(own).as(victim).connect()) {

      hostile.hello(hostile.challenge());

      assertThat(hostile.closedBecause()).isEqualTo(LinkClose.REFUSED);
      serves(honest);
    }
  }

  @Test
  void anAnswerThatWasOverheardIsGoodForNoOtherConnection() {
    UUID host = createHost(createSite());
    TestAgent honest = TestAgent.enrolled(host).connect();
    LinkMessage.Challenge overheard = honest.challenge();
    honest.hello(overheard);
    honest.await(LinkMessage.Welcome.class);

    try (honest;
        TestAgent replaying = honest.again().connect()) {
      replaying.challenge();
      replaying.hello(overheard);

      assertThat(replaying.closedBecause()).isEqualTo(LinkClose.REFUSED);
      serves(honest);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "{}",
        "{\"type\":\"hello\"}",
        "{\"type\":\"facts\",\"seq\":1,\"facets\":[]}",
        "{\"type\":\"welcome\",\"session\":1}",
        LinkCodec.BEAT,
        "[[[[[[[[[["
      })
  void nothingButAHelloIsTakenFirst(String text) {
    try (TestAgent hostile = TestAgent.unknown(UUID.randomUUID()).connect()) {
      hostile.challenge();

      hostile.text(text);

      assertThat(hostile.closedBecause()).isEqualTo(LinkClose.MALFORMED);
      assertThat(hostile.rest()).isEmpty();
    }
  }

  @Test
  void whoSaysNothingIsCutOff() {
    try (TestAgent silent = TestAgent.unknown(UUID.randomUUID()).connect()) {
      silent.challenge();

      assertThat(silent.closedBecause()).isEqualTo(LinkClose.TOO_LATE);
    }
  }

  @Test
  void aFrameThatIsTooLongEndsTheConnection() {
    try (TestAgent hostile = TestAgent.enrolled(createHost(createSite())).welcomed()) {

      try {
        hostile.binary(new byte[LinkProtocol.FRAME_MAX * 2]);
      } catch (CompletionException cutOffWhileSending) {
        // It may not even be read to its end.
      }

      Awaitility.await().until(hostile::isClosed);
    }
  }

  @Test
  void aFrameThatUnpacksWithoutEndIsNotUnpacked() throws IOException {
    var bomb = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bomb)) {
      for (int i = 0; i < 100; i++) {
        out.write(new byte[1 << 20]);
      }
    }
    try (TestAgent hostile = TestAgent.enrolled(createHost(createSite())).welcomed()) {

      hostile.binary(bomb.toByteArray());

      assertThat(hostile.closedBecause()).isEqualTo(LinkClose.TOO_LARGE);
    }
  }

  @Test
  void aFloodEndsTheConnectionAndOthersAreServed() {
    try (TestAgent honest = TestAgent.enrolled(createHost(createSite())).welcomed();
        TestAgent hostile = TestAgent.enrolled(createHost(createSite())).welcomed()) {

      try {
        for (int i = 0; i < 2000 && !hostile.isClosed(); i++) {
          hostile.beat();
        }
      } catch (CompletionException cutOff) {
        // As it should be.
      }

      assertThat(hostile.closedBecause()).isEqualTo(LinkClose.TOO_MANY);
      serves(honest);
    }
  }

  @Test
  void reportsThatAreNotNumberedOneByOneEndTheConnection() {
    try (TestAgent hostile = TestAgent.enrolled(createHost(createSite())).welcomed()) {

      hostile.say(new LinkMessage.Observed(2, "tsn", 1, List.of(), null));

      assertThat(hostile.closedBecause()).isEqualTo(LinkClose.MALFORMED);
    }
  }

  @Test
  void aReportForAnAspectThatDoesNotExistIsRefused() {
    UUID host = createHost(createSite());
    try (TestAgent hostile = TestAgent.enrolled(host).welcomed()) {

      hostile.say(new LinkMessage.Observed(1, "../etc", 1, List.of(), null));

      assertThat(hostile.await(LinkMessage.Ack.class).refused())
          .extracting(LinkMessage.Refusal::code)
          .containsExactly("aspect.unknown");
    }
  }

  @Test
  void textThatADatabaseDoesNotTakeHarmsNobody() {
    UUID host = createHost(createSite());
    try (TestAgent hostile = TestAgent.enrolled(host).welcomed();
        TestAgent honest = TestAgent.enrolled(createHost(createSite())).welcomed()) {

      hostile.say(new LinkMessage.Facts(1, List.of(FacetReport.unavailable("cpu", "nul \u0000"))));

      hostile.await(LinkMessage.Ack.class);
      serves(honest);
    }
  }

  @Test
  void connectionsThatProveNothingAreBounded() {
    List<TestAgent> crowd = new ArrayList<>();
    int refused = 0;
    try {
      for (int i = 0; i < 60; i++) {
        var one = TestAgent.unknown(UUID.randomUUID());
        crowd.add(one);
        try {
          one.connect();
        } catch (CompletionException unavailable) {
          refused++;
        }
      }

      assertThat(refused).isPositive();
      asViewer().get("/v1/sites").then().statusCode(is(200));
    } finally {
      crowd.forEach(TestAgent::close);
    }
    Awaitility.await()
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              try (TestAgent honest = TestAgent.enrolled(createHost(createSite()))) {
                serves(honest.welcomed());
              }
            });
  }

  private static void serves(TestAgent honest) {
    honest.say(new LinkMessage.Digests(Map.of("cpu", "another")));
    assertThat(honest.await(LinkMessage.Resync.class).facets()).containsExactly("cpu");
  }
}
