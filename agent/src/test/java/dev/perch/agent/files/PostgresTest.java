package dev.perch.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.agent.files.FileSet.Probe;
import dev.perch.kit.embedded.Postgres;
import dev.perch.kit.embedded.PostgresSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL, which begins TLS only when it is asked to. */
class PostgresTest {
  @TempDir Path top;
  private KeptHost host;
  private SigningCa ca;
  private PostgresSettings settings;
  private Postgres postgres;

  @BeforeEach
  void aHostWithPostgres() throws Exception {
    host = new KeptHost(Files.createDirectory(top.resolve("host")));
    ca = new SigningCa(top.resolve("ca"));
    settings = PostgresSettings.in(top.resolve("postgres"), PostgresSettings.newPassword());
    postgres = new Postgres(settings);
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
    postgres.stop();
  }

  @Test
  void aCertificateIsExchangedWithoutARestart() throws Exception {
    var first = ca.sign(host.request(1, "db-1", null));
    host.want(2, first, null, probe(first), "db-1");
    host.awaitReason("NotServed");
    postgres =
        new Postgres(
            settings
                .with("ssl", "on")
                .with("ssl_cert_file", host.file("tls.crt").toString())
                .with("ssl_key_file", host.file("tls.key").toString()));
    postgres.start();
    // It came later than its certificate.
    host.awaitVerified(2);
    List<String> reload = host.script("reload", "kill -HUP " + postgres.pid());
    host.allow(reload);
    var second = ca.sign(host.request("db-1"));

    host.want(3, second, reload, probe(second), "db-1");

    host.awaitVerified(3);
    assertThat(host.readBack().at("/served/sha256").asText()).isEqualTo(second.sha256());
  }

  @Test
  void aServerWithoutTlsIsFoundOut() throws Exception {
    postgres.start();
    var certificate = ca.sign(host.request(1, "db-1", null));

    host.want(2, certificate, null, probe(certificate), "db-1");

    host.awaitReason("NotServed");
    assertThat(host.readBack().at("/served/failure").asText()).isEqualTo("the server does no TLS");
  }

  private Probe probe(SigningCa.Certificate certificate) {
    return new Probe("127.0.0.1:" + settings.port(), null, "POSTGRES", certificate.sha256());
  }
}
