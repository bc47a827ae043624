package dev.perch.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.agent.files.FileSet.Probe;
import dev.perch.kit.embedded.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's slapd, by StartTLS. It reads its certificate when it starts, so it is restarted. */
class SlapdTest {
  @TempDir Path top;
  private final int port = Ports.free();
  private KeptHost host;
  private SigningCa ca;
  private List<String> restart;

  @BeforeEach
  void aHostWithSlapd() throws Exception {
    host = new KeptHost(Files.createDirectory(top.resolve("host")));
    ca = new SigningCa(top.resolve("ca"));
    Path pid = top.resolve("slapd.pid");
    Files.writeString(
        top.resolve("slapd.conf"),
        """
        pidfile %s
        TLSCertificateFile %s
        TLSCertificateKeyFile %s
        """
            .formatted(pid, host.file("tls.crt"), host.file("tls.key")));
    restart =
        host.script(
            "restart",
            "if [ -e %1$s ]; then kill -INT $(cat %1$s)".formatted(pid),
            "while [ -e %s ]; do sleep 0.05; done; fi".formatted(pid),
            "exec slapd -f %s/slapd.conf -h ldap://127.0.0.1:%d".formatted(top, port));
    host.allow(restart);
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
    Path pid = top.resolve("slapd.pid");
    if (Files.exists(pid)) {
      ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
          .ifPresent(
              slapd -> {
                slapd.destroy();
                slapd.onExit().join();
              });
    }
  }

  @Test
  void aCertificateIsServedAndExchanged() throws Exception {
    var first = ca.sign(host.request(1, "ldap-1", null));
    host.want(2, first, restart, probe(first), "ldap-1");
    host.awaitVerified(2);
    assertThat(host.readBack().at("/served/sha256").asText()).isEqualTo(first.sha256());
    var second = ca.sign(host.request("ldap-1"));

    host.want(3, second, restart, probe(second), "ldap-1");

    host.awaitVerified(3);
    assertThat(host.readBack().at("/served/sha256").asText()).isEqualTo(second.sha256());
  }

  private Probe probe(SigningCa.Certificate certificate) {
    return new Probe("127.0.0.1:" + port, "ldap.example", "LDAP", certificate.sha256());
  }
}
