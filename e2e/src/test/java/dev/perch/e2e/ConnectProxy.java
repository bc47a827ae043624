package dev.perch.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * An HTTP proxy that only tunnels (RFC 9110 §9.3.6), as sites have at their border: what is in a
 * network namespace reaches servers on this machine's loopback address through it.
 */
final class ConnectProxy implements AutoCloseable {
  private final ServerSocket listener;

  /**
   * @param address of this machine to listen on
   */
  ConnectProxy(String address) {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getByName(address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  String address() {
    return listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> tunnel(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void tunnel(Socket client) {
    try (client;
        Socket server = new Socket()) {
      server.connect(target(client.getInputStream()));
      client
          .getOutputStream()
          .write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Thread back = Thread.ofVirtual().start(() -> pump(server, client));
      pump(client, server);
      back.join();
    } catch (IOException ended) {
      // Each side sees its connection end.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads {@code CONNECT host:port HTTP/1.1} and the headers. */
  private static InetSocketAddress target(InputStream input) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = input.read();
      if (next < 0 || head.length() > 8192) {
        throw new IOException("no request");
      }
      head.append((char) next);
    }
    String authority = head.toString().split(" ", 3)[1];
    int colon = authority.lastIndexOf(':');
    return new InetSocketAddress(
        authority.substring(0, colon), Integer.parseInt(authority.substring(colon + 1)));
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream input = from.getInputStream();
      OutputStream output = to.getOutputStream();
      input.transferTo(output);
    } catch (IOException ended) {
      // Both ends are closed.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
