package dev.perch.certmon.certificate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The road to a server. Whoever comes while it is blocked is counted and turned away. */
final class Road implements AutoCloseable {
  private final URI server;
  private final ServerSocket gate;
  private final Set<Socket> onTheWay = ConcurrentHashMap.newKeySet();
  private final AtomicInteger turnedAway = new AtomicInteger();
  private volatile boolean blocked;

  Road(URI server) throws IOException {
    this.server = server;
    this.gate = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  /** The server, by this road. */
  URI to() {
    return URI.create("https://127.0.0.1:" + gate.getLocalPort() + server.getPath());
  }

  void block() {
    blocked = true;
    onTheWay.forEach(Road::close);
  }

  void open() {
    blocked = false;
  }

  int turnedAway() {
    return turnedAway.get();
  }

  @Override
  public void close() {
    block();
    try {
      gate.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    while (!gate.isClosed()) {
      try {
        Socket traveller = gate.accept();
        if (blocked) {
          turnedAway.incrementAndGet();
          close(traveller);
        } else {
          lead(traveller, new Socket(InetAddress.getLoopbackAddress(), server.getPort()));
        }
      } catch (IOException e) {
        // The next one, or the end.
        continue;
      }
    }
  }

  private void lead(Socket traveller, Socket end) {
    onTheWay.add(traveller);
    onTheWay.add(end);
    Thread.ofVirtual().start(() -> carry(traveller, end));
    Thread.ofVirtual().start(() -> carry(end, traveller));
  }

  private void carry(Socket from, Socket to) {
    try {
      var _ = from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of them is gone; the other goes with it.
    } finally {
      close(from);
      close(to);
      onTheWay.remove(from);
      onTheWay.remove(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
