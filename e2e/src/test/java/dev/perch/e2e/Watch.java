package dev.perch.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A client of server-sent events, as small as the protocol allows. */
final class Watch implements AutoCloseable {

  /**
   * @param id the cursor to go on from
   */
  record Sent(String id, String type, String data) {}

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Sent> received = new CopyOnWriteArrayList<>();

  /** Opens the stream; an empty cursor begins with what happens next. */
  static Watch open(URI uri, String token, String cursor) {
    var watch = new Watch();
    var request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + token)
            .header("Accept", "text/event-stream");
    if (!cursor.isEmpty()) {
      request.header("Last-Event-ID", cursor);
    }
    try {
      // 503 until the replica's feed has seen its topic.
      var answer =
          Awaitility.await()
              .atMost(Duration.ofSeconds(20))
              .until(
                  () -> watch.client.send(request.build(), BodyHandlers.ofInputStream()),
                  a -> a.statusCode() != 503);
      if (answer.statusCode() != 200) {
        throw new AssertionError(
            answer.statusCode()
                + " "
                + new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
      }
      var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
      Thread.ofVirtual().start(() -> watch.read(lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return watch;
  }

  /** How many changes came. */
  long events() {
    return received.stream().filter(sent -> !sent.type().equals("closed")).count();
  }

  /** Where to go on from. */
  String cursor() {
    return received.getLast().id();
  }

  List<Sent> received() {
    return List.copyOf(received);
  }

  private void read(BufferedReader lines) {
    String id = "";
    String type = "";
    StringBuilder data = new StringBuilder();
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          if (!data.isEmpty()) {
            received.add(new Sent(id, type, data.toString()));
            data.setLength(0);
          }
        } else if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("event:")) {
          type = line.substring(6).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).strip());
        }
      }
    } catch (IOException closed) {
      received.add(new Sent(id, "closed", String.valueOf(closed.getMessage())));
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
