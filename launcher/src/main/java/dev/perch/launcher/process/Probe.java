package dev.perch.launcher.process;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks a part whether it serves clients. A probe is data and holds no secret, so that {@code perch
 * status} can ask from another process.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "protocol")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Probe.Http.class, name = "http"),
  @JsonSubTypes.Type(value = Probe.Kafka.class, name = "kafka"),
  @JsonSubTypes.Type(value = Probe.Postgres.class, name = "postgresql"),
  @JsonSubTypes.Type(value = Probe.Exists.class, name = "file")
})
public sealed interface Probe {
  /** A part that is slower than this is not ready. */
  Duration TIMEOUT = Duration.ofSeconds(2);

  /** Empty if the part is ready, otherwise what was seen instead. */
  default Optional<String> trouble() {
    try {
      return ask();
    } catch (IOException e) {
      return Optional.of(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
  }

  Optional<String> ask() throws IOException;

  /** Ready when a GET answers 200. */
  record Http(URI uri) implements Probe {
    @Override
    public Optional<String> ask() throws IOException {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
      try {
        int status =
            Client.SHARED.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        return status == 200 ? Optional.empty() : Optional.of("HTTP " + status);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.of("interrupted");
      }
    }

    private static final class Client {
      static final HttpClient SHARED =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(TIMEOUT)
              .build();
    }
  }

  /** Ready when the broker answers an ApiVersions request (version 0, KIP-35). */
  record Kafka(int port) implements Probe {
    private static final short API_VERSIONS = 18;
    private static final int CORRELATION = 4711;

    @Override
    public Optional<String> ask() throws IOException {
      try (Socket socket = connect(port)) {
        DataOutputStream request = new DataOutputStream(socket.getOutputStream());
        request.writeInt(2 + 2 + 4 + 2);
        request.writeShort(API_VERSIONS);
        request.writeShort(0);
        request.writeInt(CORRELATION);
        request.writeShort(-1);
        request.flush();
        DataInputStream answer = new DataInputStream(socket.getInputStream());
        int size = answer.readInt();
        return size > 4 && answer.readInt() == CORRELATION
            ? Optional.empty()
            : Optional.of("no Kafka broker answers");
      }
    }
  }

  /**
   * Ready when the server answers a start-up message (protocol 3.0) by asking for authentication;
   * while it recovers it answers with an error.
   */
  record Postgres(int port) implements Probe {
    private static final int PROTOCOL = 3 << 16;
    private static final int AUTHENTICATION = 'R';
    private static final byte[] PARAMETERS =
        "user\0perch-probe\0\0".getBytes(StandardCharsets.US_ASCII);

    @Override
    public Optional<String> ask() throws IOException {
      try (Socket socket = connect(port)) {
        DataOutputStream startup = new DataOutputStream(socket.getOutputStream());
        startup.writeInt(4 + 4 + PARAMETERS.length);
        startup.writeInt(PROTOCOL);
        startup.write(PARAMETERS);
        startup.flush();
        return socket.getInputStream().read() == AUTHENTICATION
            ? Optional.empty()
            : Optional.of("the server is starting up or recovering");
      }
    }
  }

  /** Ready when a file is there: of a part that listens nowhere. */
  record Exists(Path file) implements Probe {
    @Override
    public Optional<String> ask() {
      return Files.exists(file) ? Optional.empty() : Optional.of(file + " is not there");
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    int timeout = Math.toIntExact(TIMEOUT.toMillis());
    socket.setSoTimeout(timeout);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeout);
    return socket;
  }
}
