package dev.perch.kit.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.perch.kit.embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * step-ca with an ACME provisioner: a second ACME server, of other people, with other habits. Its
 * certificates live a day at most; its accounts and orders survive a restart.
 */
public final class StepCa implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1:";

  private final int port = Ports.free();
  private final TestAuthority root = TestAuthority.root("step root");
  private final PeerHttp http = PeerHttp.trusting(root.certificate());
  private final Child child;

  /**
   * @param folder an empty folder for its configuration, database and log
   * @param httpPort where it looks for http-01 answers
   * @param tlsPort where it looks for tls-alpn-01 answers
   * @param dnsServer {@code address:port} of its resolver
   */
  public StepCa(Path folder, int httpPort, int tlsPort, String dnsServer) {
    root.write(folder, "root");
    root.intermediate("step intermediate").write(folder, "intermediate");
    writeConfiguration(folder.resolve("ca.json"));
    this.child =
        new Child(
            folder,
            // Else it would look for its context in the user's home.
            Map.of("STEPPATH", folder.toString()),
            List.of(
                BuiltPrograms.of("step-ca").program("step-ca"),
                "ca.json",
                // Ports of challenges may be moved in tests only, it says so.
                "--insecure",
                "--resolver=" + dnsServer,
                "--acme-http-port=" + httpPort,
                "--acme-tls-port=" + tlsPort));
  }

  public void start() {
    child.start(() -> http.answers(directory()));
  }

  public void stop() {
    child.kill();
  }

  public void restart() {
    stop();
    start();
  }

  public URI directory() {
    return URI.create("https://" + LOOPBACK + port + "/acme/acme/directory");
  }

  /** What a client must trust to talk to it. */
  public X509Certificate tlsAnchor() {
    return root.certificate();
  }

  /** The root of what it issues, as it tells it. */
  public X509Certificate root() {
    URI roots = URI.create("https://" + LOOPBACK + port + "/roots");
    return TestAuthority.parse(http.getJson(roots).path("crts").path(0).asText());
  }

  /** Its log. */
  public String output() {
    return child.output();
  }

  @Override
  public void close() {
    stop();
    http.close();
  }

  private void writeConfiguration(Path file) {
    Map<String, Object> acme =
        Map.of(
            "type", "ACME",
            "name", "acme",
            "claims", Map.of("defaultTLSCertDuration", hours(Duration.ofDays(1))));
    Map<String, Object> configuration =
        Map.of(
            "root",
            "root.pem",
            "crt",
            "intermediate.pem",
            "key",
            "intermediate.key",
            "address",
            LOOPBACK + port,
            "dnsNames",
            List.of("localhost", "127.0.0.1"),
            "db",
            Map.of("type", "bbolt", "dataSource", "db"),
            "authority",
            Map.of("provisioners", List.of(acme)));
    try {
      Files.write(file, new ObjectMapper().writeValueAsBytes(configuration));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hours(Duration life) {
    return life.toHours() + "h";
  }
}
