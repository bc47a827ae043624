package dev.perch.agent.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.agent.files.FileSet.Probe;
import dev.perch.contract.host.Condition;
import dev.perch.contract.link.LinkMessage.Observed;
import dev.perch.kit.embedded.Ports;
import dev.perch.kit.served.Endpoint;
import dev.perch.kit.served.StartTls;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real nginx shows what the driver has put in its place, and what it does if it does not. */
class NginxTest {
  private static final List<String> NO_RELOAD = List.of("/bin/true");
  private static final CopyOption REPLACE = StandardCopyOption.REPLACE_EXISTING;

  @TempDir Path top;
  private final int port = Ports.free();
  private KeptHost host;
  private SigningCa ca;
  private List<String> reload;

  @BeforeEach
  void aHostWithNginx() throws Exception {
    host = new KeptHost(Files.createDirectory(top.resolve("host")));
    ca = new SigningCa(top.resolve("ca"));
    Files.writeString(
        top.resolve("nginx.conf"),
        """
        pid nginx.pid;
        error_log error.log;
        worker_processes 1;
        events { worker_connections 32; }
        http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          server {
            listen 127.0.0.1:%d ssl;
            server_name web.example;
            ssl_certificate %s;
            ssl_certificate_key %s;
          }
        }
        """
            .formatted(port, host.file("tls.crt"), host.file("tls.key")));
    String nginx = "nginx -p %1$s -c %1$s/nginx.conf -e %1$s/error.log".formatted(top);
    reload =
        host.script(
            "reload-or-start",
            "pid=$(cat %s/nginx.pid 2>/dev/null)".formatted(top),
            "if kill -0 \"$pid\" 2>/dev/null",
            "then exec %s -s reload".formatted(nginx),
            "else exec %s".formatted(nginx),
            "fi");
    host.allow(reload, NO_RELOAD);
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
    Path pid = top.resolve("nginx.pid");
    if (Files.exists(pid)) {
      ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
          .ifPresent(
              nginx -> {
                nginx.destroy();
                nginx.onExit().join();
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"P256", "RSA_2048", "ED25519"})
  void aCertificateIsAskedForAndServed(String algorithm) throws Exception {
    var certificate = ca.sign(host.request(1, "web-1", algorithm));

    host.want(2, certificate, reload, probe(certificate), "web-1");

    host.awaitVerified(2);
    assertThat(host.readBack().at("/served/sha256").asText()).isEqualTo(certificate.sha256());
    assertThat(host.readBack().at("/served/notAfter").asText()).matches("20.*Z");
    assertThat(host.condition("Applied").status()).isEqualTo(Condition.Status.TRUE);
  }

  @Test
  void aNewCertificateWithANewKeyTakesThePlaceOfTheOldOne() throws Exception {
    var old = serve(1);
    host.want(3, old, reload, probe(old), "web-1", "web-2");
    host.awaitVerified(3);
    var fresh = ca.sign(host.request("web-2"));

    host.want(4, fresh, reload, probe(fresh), "web-2", "web-1");

    host.awaitVerified(4);
    assertThat(host.readBack().at("/served/sha256").asText()).isEqualTo(fresh.sha256());
    assertThat(host.keys()).as("kept to go back").containsExactly("web-1", "web-2");
    host.want(5, fresh, reload, probe(fresh), "web-2");
    host.awaitVerified(5);
    await().untilAsserted(() -> assertThat(host.keys()).containsExactly("web-2"));
  }

  @Test
  void aCertificateWhoseKeyIsLostIsServedUntilThereIsOneForAnotherKey() throws Exception {
    var old = serve(1);

    host.loseKeys();

    host.awaitReason("KeyLost");
    assertThat(host.readBack().at("/lost/0").asText()).isEqualTo("web-1");
    assertThat(host.readBack().path("keys")).isEmpty();
    assertThat(host.readBack().at("/served/sha256").asText()).isEqualTo(old.sha256());
    host.want(3, old, reload, probe(old), "web-1", "web-2");
    await().untilAsserted(() -> assertThat(host.last().generation()).isEqualTo(3));
    assertThat(host.condition("Verified").reason()).isEqualTo("KeyLost");
    var fresh = ca.sign(host.request("web-2"));
    host.want(4, fresh, reload, probe(fresh), "web-2");
    host.awaitVerified(4);
    assertThat(host.readBack().at("/served/sha256").asText()).isEqualTo(fresh.sha256());
  }

  @Test
  void aServerThatDoesNotReloadIsFoundOut() throws Exception {
    var old = serve(1);
    host.want(3, old, reload, probe(old), "web-1", "web-2");
    host.awaitVerified(3);
    var fresh = ca.sign(host.request("web-2"));

    host.want(4, fresh, NO_RELOAD, probe(fresh), "web-2");

    host.awaitReason("NotServed");
    assertThat(host.condition("Verified").status()).isEqualTo(Condition.Status.FALSE);
    assertThat(host.condition("Verified").message()).contains(old.sha256().substring(0, 16));
    assertThat(host.condition("Applied").status()).isEqualTo(Condition.Status.TRUE);
    assertThat(host.readBack().at("/served/sha256").asText()).isEqualTo(old.sha256());
    assertThat(host.keys()).as("not proven: the old key may be needed").contains("web-1");

    host.awaitReason("Contested");
    host.want(5, fresh, reload, probe(fresh), "web-2");

    host.awaitVerified(5);
    assertThat(host.readBack().at("/served/sha256").asText()).isEqualTo(fresh.sha256());
  }

  @Test
  void aCertificateThatSomebodySwappedAndServesIsServedAgain() throws Exception {
    var certificate = serve(1);
    var _ = ca.rival();
    Instant before = Instant.now();

    swap();
    startNginx();

    awaitRepair(before);
    assertThat(host.file("tls.crt")).hasContent(certificate.pem());
    var address = Endpoint.ownAddress("127.0.0.1:" + port).orElseThrow();
    await()
        .untilAsserted(
            () ->
                assertThat(new Endpoint(address, null, StartTls.NONE).look().sha256())
                    .isEqualTo(certificate.sha256()));
    host.awaitVerified(2);
  }

  @Test
  void whoSwapsTheFileIsRepairedThreeTimesAndThenContested() throws Exception {
    var certificate = serve(1);
    var rival = ca.rival();
    for (int correction = 1; correction <= Corrections.MOST; correction++) {
      Instant before = Instant.now();
      swap();
      awaitRepair(before);
      host.awaitVerified(2);
      assertThat(host.file("tls.crt")).hasContent(certificate.pem());
    }

    swap();

    host.awaitReason("Contested");
    assertThat(host.condition("Verified").message()).contains("tls.crt").contains("3 corrections");
    startNginx();
    await()
        .untilAsserted(
            () ->
                assertThat(host.readBack().at("/served/sha256").asText())
                    .isEqualTo(rival.sha256()));
    assertThat(host.file("tls.crt")).as("left alone").hasContent(rival.pem());

    host.want(3, certificate, reload, probe(certificate), "web-1");

    host.awaitVerified(3);
    assertThat(host.file("tls.crt")).hasContent(certificate.pem());
  }

  @Test
  void aServerThatIsDownIsNotBlamedForAnotherCertificate() throws Exception {
    var certificate = serve(1);
    stopNginx();

    host.awaitReason("NotServed");

    assertThat(host.readBack().at("/served/failure").asText()).contains("refused");
    int reports = host.said().size();
    startNginx();
    host.awaitVerified(2);
    assertThat(host.said().subList(reports, host.said().size()))
        .as("a server that is down needs no correction")
        .flatExtracting(Observed::conditions)
        .extracting(Condition::type)
        .doesNotContain("DriftRepaired");
    assertThat(host.readBack().at("/served/sha256").asText()).isEqualTo(certificate.sha256());
  }

  @Test
  void whatIsShownIsReportedOnceHoweverOftenItIsLookedAt() throws Exception {
    var certificate = serve(1);
    int reports = host.said().size();

    await().during(Duration.ofSeconds(1)).until(() -> host.said().size() == reports);

    assertThat(host.readBack().at("/served/sha256").asText()).isEqualTo(certificate.sha256());
  }

  @Test
  void whatIsWithdrawnTakesItsKeysAlong() throws Exception {
    var _ = serve(1);

    host.withdraw();

    await().untilAsserted(() -> assertThat(host.last().generation()).isZero());
    assertThat(host.keys()).isEmpty();
    assertThat(host.set()).isEmptyDirectory();
  }

  /** Generation 1 asks, generation 2 serves. */
  private SigningCa.Certificate serve(int number) throws Exception {
    var certificate = ca.sign(host.request(1, "web-" + number, null));
    host.want(2, certificate, reload, probe(certificate), "web-" + number);
    host.awaitVerified(2);
    return certificate;
  }

  private Probe probe(SigningCa.Certificate certificate) {
    return new Probe("127.0.0.1:" + port, "web.example", "NONE", certificate.sha256());
  }

  /** Somebody puts another certificate and key in the place of ours. */
  private void swap() throws Exception {
    Path own = Files.createDirectories(host.set().resolve("versions/rival"));
    Files.copy(ca.file("rival.key"), own.resolve("tls.key"), REPLACE);
    Files.copy(ca.file("rival.pem"), own.resolve("tls.crt"), REPLACE);
    Path link = Files.createSymbolicLink(host.set().resolve("rival"), Path.of("versions/rival"));
    Files.move(link, host.set().resolve("current"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void awaitRepair(Instant after) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              Condition repaired = host.condition("DriftRepaired");
              assertThat(repaired.status()).isEqualTo(Condition.Status.TRUE);
              assertThat(repaired.since()).isAfter(after);
            });
  }

  private void startNginx() throws Exception {
    assertThat(new ProcessBuilder(reload).start().waitFor()).isZero();
  }

  private void stopNginx() throws Exception {
    long pid = Long.parseLong(Files.readString(top.resolve("nginx.pid")).strip());
    ProcessHandle nginx = ProcessHandle.of(pid).orElseThrow();
    nginx.destroy();
    nginx.onExit().join();
  }
}
