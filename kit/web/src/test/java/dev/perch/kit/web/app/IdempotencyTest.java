package dev.perch.kit.web.app;

import static dev.perch.kit.web.app.Client.posting;
import static dev.perch.kit.web.app.Client.thing;
import static dev.perch.kit.web.app.Client.uniqueName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Tokens;
import dev.perch.kit.web.idempotency.IdempotencyPurge;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class IdempotencyTest {
  private static final String KEY = "Idempotency-Key";

  @Inject Pool pool;
  @Inject IdempotencyPurge purge;

  private final String key = UUID.randomUUID().toString();
  private final String name = uniqueName();

  @Test
  void theSameRequestAgainGetsTheSameAnswerAndIsNotDoneAgain() {
    Response first = post(thing(name));

    Response second = post(thing(name));

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.header("Idempotency-Replayed")).isNull();
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(second.contentType()).isEqualTo(first.contentType());
    assertThat(second.asString()).isEqualTo(first.asString());
    assertThat(things()).isOne();
  }

  @Test
  void theOrderOfFieldsDoesNotMatter() {
    String site = Client.SITE.toString();
    post("{\"site\": \"%s\", \"name\": \"%s\"}".formatted(site, name));

    Response again = post("{\"name\":\"%s\",\"site\":\"%s\"}".formatted(name, site));

    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void anotherBodyUnderTheSameKeyIsRefused() {
    post(thing(name));

    Response other = post(thing(name + "x"));

    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.jsonPath().getString("type")).endsWith(":idempotency-key-reused");
  }

  @Test
  void theKeyOfAnotherCallerIsAnotherKey() {
    post(thing(name));

    Response other =
        Client.as(Tokens.operator().ofSubject("somebody-else"))
            .contentType("application/json")
            .header(KEY, key)
            .body(thing(name + "x"))
            .post("/v1/things");

    assertThat(other.statusCode()).isEqualTo(201);
  }

  @Test
  void ofTwoAtTheSameTimeOneIsDone() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Response> slow =
          () -> posting(thing(name)).header(KEY, key).header("Test-Wait", 2000).post("/v1/things");
      Future<Response> first = threads.submit(slow);
      await()
          .untilAsserted(
              () -> {
                Response second = post(thing(name));
                assertThat(second.statusCode()).isEqualTo(409);
                assertThat(second.header("Retry-After")).isEqualTo("1");
                assertThat(second.jsonPath().getString("type")).endsWith(":idempotency-in-flight");
              });
      assertThat(first.get().statusCode()).isEqualTo(201);
    }
    assertThat(post(thing(name)).header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(things()).isOne();
  }

  @Test
  void manyAtTheSameTimeMakeOneThing() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Response> call = () -> post(thing(name));
      for (Future<Response> answer : threads.invokeAll(java.util.Collections.nCopies(30, call))) {
        assertThat(answer.get().statusCode()).isIn(201, 409);
      }
    }
    assertThat(things()).isOne();
  }

  @Test
  void aRequestThatFailedLeavesNothingAndMayBeSentAgain() {
    Response failed =
        posting(thing(name)).header(KEY, key).header("Test-Fail", "yes").post("/v1/things");
    assertThat(failed.statusCode()).isEqualTo(409);
    assertThat(things()).isZero();

    Response again = post(thing(name));

    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.header("Idempotency-Replayed")).isNull();
  }

  @Test
  void aKeyThatIsNoneIsRefused() {
    Response refused = posting(thing(name)).header(KEY, "two words").post("/v1/things");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.jsonPath().getList("violations.field")).isEqualTo(List.of(KEY));
  }

  @Test
  void aKeyMayBe255CharactersLong() {
    assertThat(posting(thing(name)).header(KEY, "x".repeat(256)).post("/v1/things").statusCode())
        .isEqualTo(400);
    assertThat(
            posting(thing(name))
                .header(KEY, key + "x".repeat(255 - key.length()))
                .post("/v1/things")
                .statusCode())
        .isEqualTo(201);
  }

  @Test
  void afterADayAKeyIsForgottenAndPurged() {
    post(thing(name));
    pool.preparedQuery(
            "update idempotency_key set created_at = now() - interval '25 hours' where key = $1")
        .executeAndAwait(Tuple.of(key));

    Response later = post(Map.of("site", Client.SITE, "name", name + "x"));

    assertThat(later.statusCode()).isEqualTo(201);
    pool.preparedQuery(
            "update idempotency_key set created_at = now() - interval '25 hours' where key = $1")
        .executeAndAwait(Tuple.of(key));
    purge.run().await().indefinitely();
    assertThat(count("select count(*) from idempotency_key where key = $1", key)).isZero();
  }

  private Response post(Object body) {
    return posting(body).header(KEY, key).post("/v1/things");
  }

  private long things() {
    return count("select count(*) from thing where name = $1", name);
  }

  private long count(String sql, String parameter) {
    return pool.preparedQuery(sql)
        .executeAndAwait(Tuple.of(parameter))
        .iterator()
        .next()
        .getLong(0);
  }
}
