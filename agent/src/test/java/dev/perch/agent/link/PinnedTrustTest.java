package dev.perch.agent.link;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.perch.contract.link.Pins;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinnedTrustTest {
  @TempDir static Path folder;
  private static X509Certificate authority;
  private static X509Certificate server;
  private static X509Certificate expired;
  private static X509Certificate forged;

  @BeforeAll
  static void certificates() throws Exception {
    authority = authority("genuine");
    X509Certificate unused = authority("evil");
    server = server("genuine", "-days 30");
    expired = server("genuine", "-not_before 20200101000000Z -not_after 20200201000000Z");
    forged = server("evil", "-days 30");
  }

  @Test
  void aChainToThePinnedAuthorityIsTrusted() {
    assertThatCode(() -> check(authority, server, authority)).doesNotThrowAnyException();
  }

  @Test
  void theServersOwnKeyMayBePinned() {
    assertThatCode(() -> check(server, server)).doesNotThrowAnyException();
  }

  @Test
  void theClockIsNotAsked() {
    assertThatCode(() -> check(authority, expired, authority)).doesNotThrowAnyException();
  }

  @Test
  void aChainWithoutAPinnedKeyIsRefused() {
    assertThatThrownBy(() -> check(authority, forged))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("no pinned key");
  }

  @Test
  void anAuthorityThatDidNotSignIsRefusedAlthoughItIsInTheChain() {
    assertThatThrownBy(() -> check(authority, forged, authority))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("does not lead to the pinned key");
  }

  @Test
  void aServerIsNoAuthority() throws Exception {
    X509Certificate below = signed("server-genuine", "below", "-days 30");

    assertThatThrownBy(() -> check(authority, below, server, authority))
        .isInstanceOf(CertificateException.class);
  }

  @Test
  void nobodyIsTrustedAsAClient() {
    PinnedTrust trust = new PinnedTrust(new Pins(Set.of(Pins.of(authority.getPublicKey()))));

    assertThatThrownBy(
            () -> trust.checkClientTrusted(new X509Certificate[] {server, authority}, "EC"))
        .isInstanceOf(CertificateException.class);
  }

  private static void check(X509Certificate pinned, X509Certificate... chain)
      throws CertificateException {
    new PinnedTrust(new Pins(Set.of(Pins.of(pinned.getPublicKey()))))
        .checkServerTrusted(chain, "ECDHE_ECDSA");
  }

  private static X509Certificate authority(String name) throws Exception {
    openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=ca"
            + " -keyout %s.key -out %s.pem".formatted(name, name));
    return read(name);
  }

  private static X509Certificate server(String issuer, String validity) throws Exception {
    return signed(issuer, "server-" + issuer, validity);
  }

  private static X509Certificate signed(String issuer, String name, String validity)
      throws Exception {
    openssl(
        "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=%s".formatted(name)
            + " -keyout %s.key -out %s.csr".formatted(name, name));
    // The one command that takes dates which are over.
    Files.writeString(
        folder.resolve("ca.cnf"),
        "[ca]\ndatabase=index\nnew_certs_dir=.\npolicy=p\ndefault_md=sha256\nrand_serial=yes\n"
            + "unique_subject=no\n[p]\ncommonName=supplied\n");
    Files.writeString(folder.resolve("index"), "");
    openssl(
        "ca -batch -notext -config ca.cnf -name ca -cert %s.pem -keyfile %s.key -in %s.csr"
                .formatted(issuer, issuer, name)
            + " -out %s.pem ".formatted(name)
            + validity.replace("-not_before", "-startdate").replace("-not_after", "-enddate"));
    return read(name);
  }

  private static X509Certificate read(String name) throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".pem"))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static void openssl(String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments.split(" ")));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(arguments + "\n" + output);
    }
  }
}
