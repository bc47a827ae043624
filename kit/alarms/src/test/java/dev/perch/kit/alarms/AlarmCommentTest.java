package dev.perch.kit.alarms;

import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Catalogue;
import dev.perch.contract.EventHeaders;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class AlarmCommentTest {
  private static final String LAGGING = "consumer-lagging";

  @Inject Alarms alarms;

  private final String entity = "c/" + UUID.randomUUID();
  private final String id = "probe/" + LAGGING + "/" + entity;

  @Test
  void aCommentIsToldToAllAndTakesNobodysAcknowledgement() {
    alarms.raise(LAGGING, entity, "5 min behind");
    AlarmsOverHttp.await(id, alarm -> true);
    String operator = Tokens.operator().mint();

    // When an operator says something, twice the same
    AlarmsOverHttp.comment(id, operator, Map.of("comment", "known")).then().statusCode(200);
    Response answer = AlarmsOverHttp.comment(id, operator, Map.of("comment", "known"));

    // Then it is there once, and nobody has taken the alarm on
    answer.then().statusCode(200).body("comment", equalTo("known")).body("version", equalTo(2));
    assertThat(answer.jsonPath().getString("acknowledgedBy")).isNull();

    // And it stays when somebody does so without a word, who stays when there is another
    AlarmsOverHttp.acknowledge(id, operator, Map.of()).then().body("comment", equalTo("known"));
    Response later = AlarmsOverHttp.comment(id, operator, Map.of("comment", "mended at noon"));
    assertThat(later.jsonPath().getString("acknowledgedBy")).isNotBlank();

    // And the log tells each, with who said it
    List<Event> log = of(Events.await(Catalogue.ALARMS.log().name(), on -> of(on).size() == 4));
    assertThatEvents(log).areCloudEvents().matchTheirSchemas().areGapFreePerKey();
    assertThat(log)
        .extracting(event -> event.header(EventHeaders.TYPE).orElseThrow())
        .containsExactly(
            "dev.perch.platform.alarm.raised.v1",
            "dev.perch.platform.alarm.changed.v1",
            "dev.perch.platform.alarm.acknowledged.v1",
            "dev.perch.platform.alarm.changed.v1");
    JsonNode last = Objects.requireNonNull(log.getLast().value());
    assertThat(last.at("/changed/0").asText()).isEqualTo("/comment");
    assertThat(last.at("/before/comment").asText()).isEqualTo("known");
    assertThat(last.at("/cause/operation").asText()).isEqualTo("alarm.comment");
  }

  @Test
  void whatCannotBeCommentedOnIsRefused() {
    String operator = Tokens.operator().mint();
    Map<String, String> words = Map.of("comment", "known");
    AlarmsOverHttp.comment(id, operator, words).then().statusCode(404);
    alarms.raise(LAGGING, entity, "behind");
    AlarmsOverHttp.await(id, alarm -> true);
    AlarmsOverHttp.comment(id, Tokens.viewer().mint(), words).then().statusCode(403);
    AlarmsOverHttp.comment(id, operator, Map.of("severity", "MINOR"))
        .then()
        .statusCode(400)
        .body("violations.field", containsInAnyOrder("/comment", "/severity"));
  }

  private List<Event> of(List<Event> events) {
    return events.stream().filter(event -> id.equals(event.key())).toList();
  }
}
