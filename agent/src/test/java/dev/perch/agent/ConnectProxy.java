package dev.perch.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that does nothing but tunnel (RFC 9110 §9.3.6). */
final class ConnectProxy implements AutoCloseable {
  private final ServerSocket server;
  private final List<String> targets = new CopyOnWriteArrayList<>();

  ConnectProxy() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Where tunnels led, {@code host:port}. */
  List<String> targets() {
    return targets;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      // One byte at a time would be slow, and more must not be read: TLS begins after the blank
      // line.
      var reader =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII), 1);
      String target = reader.readLine().split(" ")[1];
      while (!reader.readLine().isEmpty()) {
        // Headers say nothing here.
      }
      targets.add(target);
      String[] parts = target.split(":");
      try (Socket upstream = new Socket(parts[0], Integer.parseInt(parts[1]))) {
        client
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        Thread up = Thread.ofVirtual().start(() -> copy(client, upstream));
        copy(upstream, client);
        up.join();
      }
    } catch (IOException | InterruptedException e) {
      // The tunnel has ended.
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException e) {
      // Either end has gone.
    } finally {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }
}
