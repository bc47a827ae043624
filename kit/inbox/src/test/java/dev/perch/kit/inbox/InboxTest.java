package dev.perch.kit.inbox;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.TestKafka;
import dev.perch.kit.testkit.TestPostgres;
import dev.perch.kit.testkit.Tokens;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The inbox in a service: its channel, its endpoints, its meters. */
@QuarkusTest
@WithTestResource(Platform.class)
class InboxTest {
  private static final byte[] NEGATIVE = "{\"reading\":-1}".getBytes(UTF_8);

  @Inject AgroalDataSource database;
  @Inject MeterRegistry meters;
  @Inject KafkaClientService clients;

  private Writer writer;

  @BeforeEach
  void open() {
    // The inbox creates the topic when it starts.
    writer = new Writer(GaugeChannel.TOPIC);
  }

  @AfterEach
  void close() {
    TestPostgres.start();
    writer.close();
  }

  @Test
  void aChannelFeedsItsProjection() {
    writer.put("fed", 1, 4).flush();
    awaitNumber("select reading from gauge where id = 'fed'", 4);
    assertThat(meters.get("inbox.records").tag("outcome", "applied").counter().count())
        .isPositive();
    assertThat(meters.get("inbox.lag.seconds").gauge().value()).isBetween(0.0, 60.0);
  }

  @Test
  void nothingIsCommittedToTheGroup() throws Exception {
    writer.put("uncommitted", 1, 1).flush();
    awaitNumber("select reading from gauge where id = 'uncommitted'", 1);
    try (Admin admin = TestKafka.admin()) {
      assertThat(
              admin.listConsumerGroupOffsets("test.gauges").partitionsToOffsetAndMetadata().get())
          .isEmpty();
    }
  }

  @Test
  void aTopicCreatedAnewIsReadFromItsStart() throws Exception {
    // Given a consumer that is far into a topic
    for (int i = 1; i <= 100; i++) {
      writer.put("anew", i, i);
    }
    writer.flush();
    awaitNumber("select reading from gauge where id = 'anew'", 100);

    // When the topic is another one
    try (Admin admin = TestKafka.admin()) {
      var _ = admin.deleteTopics(List.of(GaugeChannel.TOPIC.name())).all().get();
    }
    await().ignoreExceptions().untilAsserted(() -> TestKafka.create(GaugeChannel.TOPIC));
    try (Writer other = new Writer(GaugeChannel.TOPIC)) {
      other.put("anew", 101, 7).flush();
    }

    // Then its records are applied although their offsets are small
    awaitNumber("select reading from gauge where id = 'anew'", 7);
  }

  @Test
  void aBrokerThatLostEverythingIsReadFromItsStart() {
    // Given a consumer that is far into a topic
    for (int i = 1; i <= 100; i++) {
      writer.put("wiped", i, i);
    }
    writer.flush();
    awaitNumber("select reading from gauge where id = 'wiped'", 100);

    // When the broker's disk is lost, and the topic's owner publishes again
    TestKafka.wipeAndRestart();
    try (Writer other = new Writer(GaugeChannel.TOPIC)) {
      other.put("wiped", 101, 7).raw("poison", "{".getBytes(UTF_8), Writer.version(0, 1)).flush();
    }

    // Then what is new is applied, and what is bad has a letter
    awaitNumber("select reading from gauge where id = 'wiped'", 7);
    awaitNumber("select count(*) from inbox_letter where key = 'poison'", 1);
    execute("delete from inbox_letter");
  }

  @Test
  void aDatabaseThatWasRestoredIsFilledAgainFromTheTopic() {
    // Given records that were applied
    writer.put("lost", 1, 1).put("kept", 1, 1).flush();
    awaitNumber("select count(*) from gauge where id in ('lost', 'kept')", 2);

    // When the database is as it was before them, and a next record comes to each partition
    execute(
        "delete from gauge; delete from inbox_version; update inbox_offset set next_offset = 0");
    for (int i = 0; i < 100; i++) {
      writer.put("next" + i, 1, 1);
    }
    writer.flush();

    // Then they are read again
    awaitNumber("select count(*) from gauge where id in ('lost', 'kept')", 2);
    awaitNumber("select count(*) from gauge where id like 'next%'", 100);
  }

  @Test
  void aDatabaseThatIsAwayPausesTheConsumerWithoutARebalance() {
    // Given a consumer at work
    writer.put("steady", 1, 1).flush();
    awaitNumber("select reading from gauge where id = 'steady'", 1);
    int generation = generation();

    // When the database is away for longer than the group's session
    TestPostgres.kill();
    for (int i = 2; i <= 500; i++) {
      writer.put("steady", i, i);
    }
    writer.flush();
    await()
        .pollDelay(Duration.ofSeconds(10))
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(meters.get("inbox.lag.seconds").gauge().value()).isGreaterThan(5));
    TestPostgres.start();

    // Then it goes on in the same generation of the group
    awaitNumber("select reading from gauge where id = 'steady'", 500);
    assertThat(generation()).isEqualTo(generation);
  }

  @Test
  void anAdministratorListsAndReplaysDeadLetters() {
    // Given a letter
    writer.raw("bad", NEGATIVE, Writer.version(0, 1)).flush();
    awaitNumber("select count(*) from inbox_letter where key = 'bad'", 1);

    // When the administrator lists what waits, it is there
    var letter =
        given()
            .auth()
            .oauth2(Tokens.admin().mint())
            .queryParam("consumer", "test.gauges")
            .get("/v1/admin/dead-letters")
            .then()
            .statusCode(200)
            .body("items", hasSize(1))
            .body("items[0].key", equalTo("bad"))
            .body("items[0].code", equalTo("sql-23514"))
            .body("items[0].rejectedAt", notNullValue())
            .body("next", nullValue())
            .extract()
            .jsonPath();
    long offset = letter.getLong("items[0].letterOffset");

    // And when the cause is mended and it is replayed, it is applied
    execute("alter table gauge drop constraint gauge_reading_check");
    given()
        .auth()
        .oauth2(Tokens.admin().mint())
        .contentType("application/json")
        .body(Map.of("consumer", "test.gauges", "letterOffsets", List.of(offset)))
        .post("/v1/admin/dead-letters/replays")
        .then()
        .statusCode(200)
        .body("outcomes.resolution", contains("APPLIED"));
    awaitNumber("select reading from gauge where id = 'bad'", -1);
    given()
        .auth()
        .oauth2(Tokens.admin().mint())
        .get("/v1/admin/dead-letters")
        .then()
        .statusCode(200)
        .body("items", hasSize(0));
    given()
        .auth()
        .oauth2(Tokens.admin().mint())
        .queryParam("shown", "ALL")
        .get("/v1/admin/dead-letters")
        .then()
        .statusCode(200)
        .body("items[0].resolution", equalTo("APPLIED"));
  }

  @Test
  void onlyAnAdministratorOfAllSitesMayTouchDeadLetters() {
    given()
        .auth()
        .oauth2(Tokens.operator().mint())
        .get("/v1/admin/dead-letters")
        .then()
        .statusCode(403);
    given().get("/v1/admin/dead-letters").then().statusCode(401);
  }

  @Test
  void aReplayThatNamesNoConsumerIsRefusedWithEverythingThatIsWrong() {
    given()
        .auth()
        .oauth2(Tokens.admin().mint())
        .contentType("application/json")
        .body(Map.of("consumer", "nobody", "letterOffsets", List.of(-1), "extra", true))
        .post("/v1/admin/dead-letters/replays")
        .then()
        .statusCode(400)
        .body("violations", hasSize(3));
  }

  private int generation() {
    return clients
        .<String, byte[]>getConsumer("gauges")
        .consumerGroupMetadata()
        .await()
        .atMost(Duration.ofSeconds(5))
        .generationId();
  }

  private void awaitNumber(String sql, long expected) {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(number(sql)).isEqualTo(expected));
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : Long.MIN_VALUE;
    }
  }

  private void execute(String sql) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
