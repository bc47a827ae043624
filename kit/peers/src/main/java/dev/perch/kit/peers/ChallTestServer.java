package dev.perch.kit.peers;

import dev.perch.kit.embedded.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * pebble-challtestsrv: a DNS server for Pebble. Every name has the address 127.0.0.1 unless a test
 * says otherwise. It answers no challenge itself: that is what is being tested.
 */
public final class ChallTestServer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1:";

  private final int dnsPort = Ports.free();
  private final int managementPort = Ports.free();
  private final PeerHttp http = PeerHttp.plain();
  private final Child child;

  /**
   * @param folder a folder for its log
   */
  public ChallTestServer(Path folder) {
    String program = BuiltPrograms.of("pebble").program("pebble-challtestsrv");
    this.child =
        new Child(
            folder,
            Map.of(),
            List.of(
                program,
                // A resolver that is given ::1 tries it first.
                "-defaultIPv6=",
                "-defaultIPv4=127.0.0.1",
                "-dnsserver=" + LOOPBACK + dnsPort,
                "-management=" + LOOPBACK + managementPort,
                "-http01=",
                "-https01=",
                "-tlsalpn01=",
                "-doh="));
  }

  public void start() {
    child.start(() -> http.answers(management("/")));
  }

  public void stop() {
    child.kill();
  }

  /** All records are lost. */
  public void restart() {
    stop();
    start();
  }

  /** {@code address:port} of the DNS server. */
  public String dns() {
    return LOOPBACK + dnsPort;
  }

  public int dnsPort() {
    return dnsPort;
  }

  /** Adds a TXT record. */
  public void addTxt(String name, String value) {
    tell("/set-txt", Map.of("host", absolute(name), "value", value));
  }

  /** Removes all TXT records of the name. */
  public void clearTxt(String name) {
    tell("/clear-txt", Map.of("host", absolute(name)));
  }

  /** The name has these addresses and no others. */
  public void setAddresses(String name, List<String> addresses) {
    tell("/add-a", Map.of("host", absolute(name), "addresses", addresses));
  }

  /** The name cannot be resolved: its servers fail. */
  public void breakName(String name) {
    tell("/set-servfail", Map.of("host", absolute(name)));
  }

  public void mendName(String name) {
    tell("/clear-servfail", Map.of("host", absolute(name)));
  }

  @Override
  public void close() {
    stop();
    http.close();
  }

  private void tell(String path, Map<String, ?> what) {
    http.post(management(path), what);
  }

  private URI management(String path) {
    return URI.create("http://" + LOOPBACK + managementPort + path);
  }

  private static String absolute(String name) {
    return name.endsWith(".") ? name : name + ".";
  }
}
