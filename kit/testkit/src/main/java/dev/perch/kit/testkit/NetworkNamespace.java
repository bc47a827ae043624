package dev.perch.kit.testkit;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A network namespace that reaches this machine through a router whose packets a test may drop:
 *
 * <pre>
 * this machine  ── veth ──  router (a namespace)  ── veth ──  the namespace
 * hostAddress()             forwards, or drops                address()
 * </pre>
 *
 * The router drops without a word, in both directions and with all links up, as a broken WAN does:
 * no side learns anything but by its own time-outs. (Taking a link down instead would remove the
 * route, and the sender would be told at once.)
 *
 * <p>Servers must listen on {@link #hostAddress()} too, so make the namespace first. All addresses
 * lie in 10.255.0.0/16; nothing of it outlives {@link #close()}, and what a killed test JVM left is
 * removed by the next one.
 */
public final class NetworkNamespace implements AutoCloseable {
  private final Ip ip = new Ip();
  private final String tag = "p" + Integer.toHexString(random(1 << 24));
  private final String namespace;
  private final String router;
  private final String here = tag + "h";
  private final String network;

  private NetworkNamespace() {
    namespace = "perch-" + ProcessHandle.current().pid() + "-" + tag + "-in";
    router = "perch-" + ProcessHandle.current().pid() + "-" + tag + "-way";
    network = ip.unusedNetwork();
  }

  /**
   * Makes the namespace; packets pass.
   *
   * @throws AssertionError if this machine does not allow it, with what to do about that
   */
  public static NetworkNamespace create() {
    NetworkNamespace network = new NetworkNamespace();
    try {
      network.ip.removeAbandoned();
      network.build();
      network.restore();
      return network;
    } catch (RuntimeException | Error e) {
      network.close();
      throw e;
    }
  }

  /** Where programs in the namespace find this machine. */
  public String hostAddress() {
    return host(1);
  }

  /** The namespace's own address. */
  public String address() {
    return host(6);
  }

  /** From now on every packet in either direction is lost. */
  public void cut() {
    forward(false);
  }

  /** Packets pass again. */
  public void restore() {
    forward(true);
  }

  /** What to put before a command to run it inside; the process keeps its pid. */
  public List<String> commandPrefix() {
    return List.of("ip", "netns", "exec", namespace);
  }

  @Override
  public void close() {
    // The kernel deletes what is in a namespace some time later; this machine's end goes at once.
    ip.removeLink(here);
    ip.removeNamespace(namespace);
    ip.removeNamespace(router);
  }

  private void build() {
    String near = tag + "n";
    String far = tag + "f";
    String inside = tag + "i";
    ip.run("netns", "add", namespace);
    ip.run("netns", "add", router);
    ip.run("link", "add", here, "type", "veth", "peer", "name", near, "netns", router);
    ip.run(
        "-n", router, "link", "add", far, "type", "veth", "peer", "name", inside, "netns",
        namespace);

    // The mask covers both links, so that the namespace counts as a neighbour of this machine.
    ip.run("address", "add", host(1) + "/29", "dev", here);
    ip.run("link", "set", here, "up");
    ip.run("-n", router, "address", "add", host(2) + "/30", "dev", near);
    ip.run("-n", router, "link", "set", near, "up");
    ip.run("-n", router, "address", "add", host(5) + "/30", "dev", far);
    ip.run("-n", router, "link", "set", far, "up");
    ip.run("-n", namespace, "address", "add", host(6) + "/30", "dev", inside);
    ip.run("-n", namespace, "link", "set", inside, "up");
    ip.run("-n", namespace, "link", "set", "lo", "up");

    ip.run("route", "add", host(4) + "/30", "via", host(2));
    ip.run("-n", namespace, "route", "add", "default", "via", host(5));
  }

  private void forward(boolean on) {
    ip.run(
        "netns",
        "exec",
        router,
        "sh",
        "-c",
        "echo " + (on ? 1 : 0) + " > /proc/sys/net/ipv4/ip_forward");
  }

  private String host(int number) {
    int dot = network.lastIndexOf('.');
    return network.substring(0, dot + 1) + (Integer.parseInt(network.substring(dot + 1)) + number);
  }

  private static int random(int bound) {
    return ThreadLocalRandom.current().nextInt(bound);
  }
}
