package dev.perch.cli.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.context.Context;
import dev.perch.contract.Json;
import java.net.http.HttpClient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestTest {
  private final Peer peer = new Peer();
  private final HttpClient http = Perch.http(Context.empty());
  private final Rest rest = new Rest(peer.address(), http, Bearer.fixed("t-1"));

  @AfterEach
  void close() {
    http.shutdownNow();
    peer.close();
  }

  @Test
  void aProblemIsToldWithEveryViolationItsRemedyAndTheTrace() {
    peer.then(
        400,
        Map.of("Content-Type", "application/problem+json"),
        """
        {"type":"urn:perch:problem:invalid","title":"Invalid request","status":400,
         "detail":"violations lists it","traceId":"abc","violations":[
          {"code":"field.required","field":"/siteId","remedy":"Add this field."},
          {"code":"value.syntax","field":"/name","found":"Edge_1","remedy":"Use labels."}]}
        """);

    assertThatExceptionOfType(ProblemFailure.class)
        .isThrownBy(() -> rest.send(Call.get("/v1/hosts")))
        .satisfies(
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
              assertThat(failure.lines())
                  .containsExactly(
                      "Invalid request (trace abc)",
                      "  /siteId: Add this field. [field.required]",
                      "  /name: found \"Edge_1\". Use labels. [value.syntax]");
            });
  }

  @Test
  void whatStandsBeforeTheServiceMayAnswerWithoutAProblem() {
    peer.then(502, Map.of(), "<html>Bad Gateway</html>");

    assertThatExceptionOfType(ProblemFailure.class)
        .isThrownBy(() -> rest.send(Call.get("/v1/hosts")))
        .satisfies(
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_REACHABLE);
              assertThat(failure).hasMessage("HTTP status 502");
            });
  }

  @Test
  void nobodyThereIsNotReachableAndNotAFaultOfPerch() {
    peer.close();

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> rest.send(Call.get("/v1/hosts")))
        .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_REACHABLE));
  }

  @Test
  void aRefusedTokenIsReplacedOnceAndTheRequestIsSentAgain() throws Exception {
    peer.then(401, Map.of(), "{}").then(200, Map.of(), "{\"id\":\"x\"}");
    Queue<String> tokens = new ArrayDeque<>(List.of("old", "new"));
    Bearer bearer =
        new Bearer() {
          @Override
          public String token() {
            return tokens.element();
          }

          @Override
          public boolean forget() {
            tokens.remove();
            return true;
          }
        };

    Answer answer = new Rest(peer.address(), http, bearer).send(Call.get("/v1/hosts/x"));

    assertThat(answer.body().path("id").asText()).isEqualTo("x");
    assertThat(peer.requests)
        .extracting(request -> request.header("Authorization"))
        .containsExactly("Bearer old", "Bearer new");
  }

  @Test
  void aListIsReadToItsEndAndNoFurtherThanItsLimit() throws Exception {
    peer.then(
            200,
            Map.of("Perch-Watch-Cursor", "w"),
            "{\"items\":[{\"n\":1},{\"n\":2}],\"next\":\"c\"}")
        .then(200, Map.of(), "{\"items\":[{\"n\":3}],\"next\":\"d\"}");

    Pages pages = Pages.read(rest, Call.get("/v1/hosts").with("name", "a b"), 3);

    assertThat(pages.items()).extracting(item -> item.path("n").asInt()).containsExactly(1, 2, 3);
    assertThat(pages.watchFrom()).isEqualTo("w");
    assertThat(peer.requests)
        .extracting(Peer.Request::uri)
        .containsExactly("/v1/hosts?name=a%20b&limit=3", "/v1/hosts?name=a%20b&cursor=c&limit=1");
  }

  @Test
  void aWatchGoesOnWhereItWasCutAndTellsWhatItMissed() throws Exception {
    peer.then(200, Map.of(), "id: 1\n\nid: 2\nevent: t\ndata: {\"n\":1}\n\n")
        .then(410, Map.of(), "{\"title\":\"Gone\"}")
        .then(200, Map.of(), "id: 9\nevent: t\ndata: {\"n\":2}\n\n");
    List<Integer> seen = new ArrayList<>();
    List<String> notices = new ArrayList<>();

    new Watch(rest, Call.get("/v1/hosts"), notices::add)
        .follow(
            "0",
            (type, change) -> {
              seen.add(change.path("n").asInt());
              return seen.size() < 2;
            });

    assertThat(seen).containsExactly(1, 2);
    assertThat(peer.requests)
        .extracting(request -> request.header("Last-event-id"))
        .containsExactly("0", "2", "");
    assertThat(notices).singleElement().asString().startsWith("Changes were missed");
  }

  @Test
  void aCreationCarriesAKeySoThatALostAnswerMayBeAskedForAgain() throws Exception {
    peer.then(201, Map.of(), "{}");

    rest.send(Call.create("/v1/sites", Json.MAPPER.createObjectNode()).withReason("why"));

    assertThat(peer.requests.getFirst().header("Idempotency-key")).hasSize(36);
    assertThat(peer.requests.getFirst().header("Perch-reason")).isEqualTo("why");
  }
}
