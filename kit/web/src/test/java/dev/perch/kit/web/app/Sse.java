package dev.perch.kit.web.app;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A browser's EventSource as far as the tests need it. */
final class Sse implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> data = new CopyOnWriteArrayList<>();
  private final List<String> comments = new CopyOnWriteArrayList<>();
  private final HttpResponse<Stream<String>> response;
  private volatile String lastEventId = "";
  private volatile boolean ended;

  private Sse(String path, Map<String, String> headers) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path));
    headers.forEach(request::header);
    response = http.send(request.build(), BodyHandlers.ofLines());
    Thread.startVirtualThread(this::read);
  }

  static Sse open(String token, String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    Map<String, String> all = new java.util.HashMap<>(headers);
    all.put("Authorization", "Bearer " + token);
    return new Sse(path, all);
  }

  private void read() {
    try {
      response.body().forEach(this::line);
    } catch (java.io.UncheckedIOException e) {
      // Closed by the test or cut by the service: both are the end.
    } finally {
      ended = true;
    }
  }

  private void line(String line) {
    if (line.startsWith("data: ")) {
      data.add(line.substring(6));
    } else if (line.startsWith("id: ")) {
      lastEventId = line.substring(4);
    } else if (line.startsWith(":")) {
      comments.add(line.substring(1).strip());
    }
  }

  int status() {
    return response.statusCode();
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  List<String> data() {
    return data;
  }

  List<String> comments() {
    return comments;
  }

  String lastEventId() {
    return lastEventId;
  }

  boolean ended() {
    return ended;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
