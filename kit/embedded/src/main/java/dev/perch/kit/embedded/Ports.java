package dev.perch.kit.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free TCP ports for servers that are stopped and started again.
 *
 * <p>They lie below the kernel's ephemeral range. A port that the kernel hands out for port 0 may
 * be given to any outgoing connection while the server is down; a client that keeps trying a port
 * of that range on loopback may even connect to itself.
 */
public final class Ports {
  private static final int LOWEST = 12_000;
  private static final int ATTEMPTS = 1_000;

  /** Never closed: what was given is held until this process ends. */
  private static final Queue<Socket> HELD = new ConcurrentLinkedQueue<>();

  private Ports() {}

  /**
   * A port that nobody uses and that is given to nobody else, here or in another process, before
   * this process ends. A server may listen on it if it sets {@code SO_REUSEADDR}, as servers do.
   */
  public static int free() {
    int firstEphemeral = firstEphemeral();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, firstEphemeral);
      if (hold(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "no free port found between " + LOWEST + " and " + firstEphemeral);
  }

  /** Whether nobody listens on the port of any local IPv4 address. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(anyAddress(port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /**
   * A socket that is bound and does not listen. Linux lets others bind beside it if all of them
   * have {@code SO_REUSEADDR} and none listens; it is bound without, so that only one can hold.
   */
  private static boolean hold(int port) {
    Socket socket = new Socket();
    try {
      socket.bind(anyAddress(port));
      socket.setReuseAddress(true);
      return HELD.add(socket);
    } catch (IOException taken) {
      close(socket);
      return false;
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress anyAddress(int port) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[4]), port);
  }

  private static int firstEphemeral() {
    Path range = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    try {
      return Math.max(
          LOWEST + ATTEMPTS, Integer.parseInt(Files.readString(range).strip().split("\\s+")[0]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
