package dev.perch.bench.certmon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.kubernetes.Material;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real nginx. */
class WebServerTest {
  private final LocalAuthority authority = new LocalAuthority();
  @TempDir private Path folder;
  private WebServer server;

  @BeforeEach
  void make() throws IOException {
    server = new WebServer(Files.createDirectory(folder.resolve("nginx")), folder);
  }

  @AfterEach
  void end() throws IOException {
    server.close();
  }

  @Test
  void itsFirstReloadStartsItAndTheNextOneShowsWhatIsThereThen() throws Exception {
    String first = put(1);
    reload();
    assertThat(server.shown().sha256()).isEqualTo(first);
    String second = put(2);

    reload();

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(server.shown().sha256()).isEqualTo(second));
  }

  @Test
  void nothingOfItIsLeftWhenItWasClosed() throws Exception {
    String shown = put(1);
    reload();
    assertThat(server.shown().sha256()).isEqualTo(shown);
    long nginx = Long.parseLong(Files.readString(folder.resolve("nginx/nginx.pid")).strip());

    server.close();

    assertThat(ProcessHandle.of(nginx)).isEmpty();
    assertThatThrownBy(server::shown).hasMessageContaining("refused");
  }

  @Test
  void whatWasNeverStartedNeedsNoEnd() throws Exception {
    server.close();

    assertThatThrownBy(server::shown).hasMessageContaining("refused");
  }

  private void reload() throws Exception {
    assertThat(new ProcessBuilder(server.reload()).inheritIO().start().waitFor()).isZero();
  }

  /** Answers what a server shows that has it. */
  private String put(long revision) throws IOException {
    Material made = authority.issue(UUID.randomUUID(), revision);
    Chain chain = new Chain(made.chain());
    Files.writeString(folder.resolve("tls.crt"), chain.toPem());
    String key =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(made.key().getEncoded());
    Files.writeString(
        folder.resolve("tls.key"),
        "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
    return chain.fingerprint();
  }
}
