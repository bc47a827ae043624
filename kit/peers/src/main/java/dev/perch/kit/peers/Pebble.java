package dev.perch.kit.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.perch.kit.embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pebble, the ACME server for tests of Let's Encrypt: RFC 8555 with http-01, dns-01 and
 * tls-alpn-01, IP identifiers (RFC 8738), profiles, external account binding and renewal
 * information (RFC 9773).
 *
 * <p>It keeps nothing: after a restart it has no accounts, no orders and another root. Its address
 * and the certificate it is reached by stay the same.
 */
public final class Pebble implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1:";

  private final int port = Ports.free();
  private final int managementPort = Ports.free();
  private final TestAuthority tls = TestAuthority.root("pebble tls");
  private final PeerHttp http = PeerHttp.trusting(tls.certificate());
  private final Child child;

  /**
   * @param folder an empty folder for its configuration and its log
   */
  public Pebble(Path folder, PebbleSettings settings) {
    BuiltPrograms programs = BuiltPrograms.of("pebble");
    tls.writeServer(folder, "pebble");
    writeConfiguration(folder.resolve("pebble.json"), settings);
    List<String> command =
        new ArrayList<>(List.of(programs.program("pebble"), "-config", "pebble.json"));
    if (settings.dnsServer() != null) {
      command.addAll(List.of("-dnsserver", settings.dnsServer()));
    }
    // Else it would take up to 15 s for each validation.
    Map<String, String> environment =
        Map.of(
            "PEBBLE_VA_NOSLEEP", "1",
            "PEBBLE_WFE_NONCEREJECT", Integer.toString(settings.rejectedNonces()),
            "PEBBLE_AUTHZREUSE", "0");
    this.child = new Child(folder, environment, command);
  }

  /** Starts it; returns when its directory can be read. */
  public void start() {
    child.start(() -> http.answers(directory()) && http.answers(management("/roots/0")));
  }

  public void stop() {
    child.kill();
  }

  /** All accounts, orders and the root are lost. */
  public void restart() {
    stop();
    start();
  }

  /** It takes connections and answers nothing. */
  public void freeze() {
    child.freeze();
  }

  public void thaw() {
    child.thaw();
  }

  public URI directory() {
    return URI.create("https://" + LOOPBACK + port + "/dir");
  }

  /** What a client must trust to talk to it; it has nothing to do with what it issues. */
  public X509Certificate tlsAnchor() {
    return tls.certificate();
  }

  /** The root of what it issues, new with each start. */
  public X509Certificate root() {
    return TestAuthority.parse(http.get(management("/roots/0")));
  }

  /** {@code Valid} or {@code Revoked}. */
  public String statusOf(BigInteger serial) {
    URI status = management("/cert-status-by-serial/" + serial.toString(16));
    return http.getJson(status).path("Status").asText();
  }

  /** It would like a certificate to be renewed then, and says so when it is asked. */
  public void suggest(X509Certificate certificate, Instant start, Instant end) {
    Map<String, ?> window = Map.of("start", start.toString(), "end", end.toString());
    try {
      String answer = new ObjectMapper().writeValueAsString(Map.of("suggestedWindow", window));
      http.post(
          management("/set-renewal-info/"),
          Map.of("certificate", TestAuthority.pem(certificate), "ariResponse", answer));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private URI management(String path) {
    return URI.create("https://" + LOOPBACK + managementPort + path);
  }

  private void writeConfiguration(Path file, PebbleSettings settings) {
    Map<String, Object> pebble = new LinkedHashMap<>();
    pebble.put("listenAddress", LOOPBACK + port);
    pebble.put("managementListenAddress", LOOPBACK + managementPort);
    pebble.put("certificate", "pebble.pem");
    pebble.put("privateKey", "pebble.key");
    pebble.put("httpPort", settings.httpPort());
    pebble.put("tlsPort", settings.tlsPort());
    pebble.put("ocspResponderURL", "");
    pebble.put("keyAlgorithm", "ecdsa");
    pebble.put("externalAccountBindingRequired", !settings.boundKeys().isEmpty());
    pebble.put("externalAccountMACKeys", settings.boundKeys());
    // Whole seconds only: without, its clients poll as they see fit.
    pebble.put("retryAfter", Map.of("authz", 0, "order", 0));
    Map<String, Object> profiles = new LinkedHashMap<>();
    settings
        .profiles()
        .forEach(
            (name, life) ->
                profiles.put(
                    name,
                    Map.of(
                        "description", name + " of a test", "validityPeriod", life.toSeconds())));
    pebble.put("profiles", profiles);
    try {
      Files.write(file, new ObjectMapper().writeValueAsBytes(Map.of("pebble", pebble)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
