package dev.perch.inventory.host;

import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItems;

import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class HostWatchTest {
  @TestHTTPResource("/v1/hosts")
  URI hosts;

  @Test
  void aWatchFromAListsCursorBeginsWithWhatTheListDidNotShow() throws Exception {
    UUID site = createSite();
    createHost(site);
    String cursor = cursor();
    // The list's cursor may be a little older than the list: what was in it may come again.
    UUID later = createHost(site);

    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(hosts + "?watch=true&site=" + site))
              .header("Authorization", "Bearer " + Tokens.viewer().mint())
              .header("Last-Event-ID", cursor)
              .build();
      var answer = client.send(request, BodyHandlers.ofLines());
      List<String> lines =
          answer.body().takeWhile(line -> !line.contains("\"" + later + "\"")).toList();
      client.shutdownNow();

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(lines).anyMatch(line -> line.startsWith("id:"));
    }
  }

  @Test
  void aWatchRefusesWhatItCannotFilterBy() {
    asViewer()
        .queryParam("watch", true)
        .queryParam("labels", "rack=a")
        .get("/v1/hosts")
        .then()
        .statusCode(400)
        .body("violations.field", hasItems("labels"));
  }

  @Test
  void aCursorThatIsNoneIsRefused() {
    asViewer()
        .queryParam("watch", true)
        .queryParam("cursor", "nonsense")
        .get("/v1/hosts")
        .then()
        .statusCode(400)
        .body("violations.field", hasItems("cursor"));
  }

  private static String cursor() {
    return Awaitility.await()
        .until(
            () -> asViewer().get("/v1/hosts").header("Perch-Watch-Cursor"), text -> text != null);
  }
}
