package dev.perch.kit.peers;

import dev.perch.kit.embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * BIND's {@code named}, as Debian packages it: the primary server of one zone, which takes dynamic
 * updates (RFC 2136) of TXT records that are signed with {@link #KEY} (RFC 8945).
 */
public final class Named implements AutoCloseable {
  /** Whose updates it takes; HMAC SHA-256. */
  public static final String KEY = "perch";

  /** A key that it knows and that may change nothing; its secret is the same. */
  public static final String GUEST = "guest";

  private static final Path PROGRAM = Path.of("/usr/sbin/named");
  private static final int SECRET_BYTES = 32;

  private final int port = Ports.free();
  private final String secret = newSecret();
  private final Child child;

  /**
   * @param folder an empty folder for its configuration, the zone and its log
   * @param zone for example {@code edge.example}
   */
  public Named(Path folder, String zone) {
    Path program = folder.resolve("named");
    try {
      // A profile of AppArmor would keep Debian's own from this folder; it goes by the path.
      Files.copy(installed(), program, StandardCopyOption.COPY_ATTRIBUTES);
      Files.writeString(folder.resolve("named.conf"), configuration(zone));
      Files.writeString(folder.resolve("zone"), records());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.child =
        new Child(
            folder,
            Map.of(),
            List.of(program.toString(), "-g", "-n", "1", "-X", "none", "-c", "named.conf"));
  }

  /** Starts it; returns when it answers for its zone. */
  public void start() {
    child.start(() -> child.output().contains(" running\n"));
  }

  /** Where it answers, over UDP and TCP. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Of both keys, in base64. */
  public String secret() {
    return secret;
  }

  /** Its log. */
  public String output() {
    return child.output();
  }

  @Override
  public void close() {
    child.kill();
  }

  private static Path installed() {
    if (!Files.isExecutable(PROGRAM)) {
      throw new IllegalStateException(
          "BIND is missing; install it: sudo apt-get install -y --no-install-recommends bind9");
    }
    return PROGRAM;
  }

  private String configuration(String zone) {
    return """
    options {
      directory ".";
      listen-on port %1$d { 127.0.0.1; };
      listen-on-v6 { none; };
      pid-file none;
      session-keyfile "session.key";
      recursion no;
      dnssec-validation no;
      notify no;
      allow-transfer { none; };
    };
    controls { };
    key "%2$s" { algorithm hmac-sha256; secret "%4$s"; };
    key "%3$s" { algorithm hmac-sha256; secret "%4$s"; };
    zone "%5$s" {
      type primary;
      file "zone";
      update-policy { grant %2$s zonesub TXT; };
    };
    """
        .formatted(port, KEY, GUEST, secret, zone);
  }

  /** What a zone has at least. Nothing of it is kept by those who ask: tests change it. */
  private static String records() {
    return """
    $TTL 0
    @ SOA ns hostmaster 1 3600 600 86400 0
    @ NS ns
    ns A 127.0.0.1
    """;
  }

  private static String newSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
