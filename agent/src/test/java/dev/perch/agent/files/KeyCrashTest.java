package dev.perch.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.agent.keys.KeyStore;
import dev.perch.kit.testkit.Victim;
import dev.perch.kit.testkit.Victims;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The driver is killed at every step in which keys are made and destroyed. At each moment the
 * certificate in force has its key; in the end there is no other key, nor a copy of one.
 */
class KeyCrashTest {
  private static final String AGENT = "dev.perch.agent.";

  @TempDir Path top;
  @RegisterExtension final Victims victims = new Victims();

  @BeforeEach
  void theOldCertificateIsInForce() throws Exception {
    OneCertificate.apply(top, 1);
  }

  @ParameterizedTest(name = "{0}.{1}, entry {2}")
  @CsvSource({
    "keys.KeyStore, claim, 1",
    "keys.KeyFolder, make, 1",
    "files.Placement, settle, 1",
    "keys.KeyStore, unneeded, 1",
    "files.Versions, keepOnly, 2",
    "files.Versions, delete, 2",
    "keys.KeyStore, keepOnly, 1",
    "keys.KeyFolder, destroy, 1",
    "state.StateFolder, delete, 2",
    "state.StateFolder, write, 3",
    "state.StateFolder, write, 4",
    "state.StateFolder, write, 5",
    "state.StateFolder, write, 6",
  })
  void anExchangeThatIsKilledIsFinishedByTheNextAttempt(String type, String method, int entry)
      throws Exception {
    kill(2, type, method, entry);

    assertThatTheCertificateHasItsKey();
    OneCertificate.apply(top, 2);
    assertThatTheCertificateHasItsKey();
    assertThat(OneCertificate.folder(top).resolve("current/tls.crt")).hasContent("chain 2");
    assertThat(names("host-keys")).containsExactly("k-2");
    assertThat(names("host-requests")).containsExactly("k-2");
    assertThat(names("host-key-claims")).containsExactly("certificates.web");
    assertThat(new KeyStore(OneCertificate.state(top)).unneeded("certificates.web", Set.of()))
        .containsExactly("k-2");
    try (Stream<Path> versions = Files.list(OneCertificate.folder(top).resolve("versions"))) {
      assertThat(versions).as("no copy of the old key").hasSize(1);
    }
  }

  @ParameterizedTest(name = "{0}.{1}, entry {2}")
  @CsvSource({
    "files.Versions, remove, 1",
    "files.Journal, forget, 1",
    "keys.KeyStore, keepOnly, 1",
    "keys.KeyFolder, destroy, 1",
    "state.StateFolder, delete, 2",
    "state.StateFolder, delete, 4",
  })
  void aWithdrawalThatIsKilledIsFinishedByTheNextAttempt(String type, String method, int entry)
      throws Exception {
    kill(0, type, method, entry);

    OneCertificate.apply(top, 0);

    assertThat(OneCertificate.folder(top)).isEmptyDirectory();
    for (String folder : List.of("host-keys", "host-requests", "host-key-claims", "file-sets")) {
      assertThat(names(folder)).as(folder).isEmpty();
    }
  }

  private void kill(long generation, String type, String method, int entry) {
    Victim victim =
        victims.start(
            Victim.of(OneCertificate.class, top, generation).killedAt(AGENT + type, method, entry));
    victim.awaitHalt();
  }

  private void assertThatTheCertificateHasItsKey() throws IOException {
    Path current = OneCertificate.folder(top).resolve("current");
    String key = Files.readString(current.resolve("tls.crt")).replace("chain ", "k-");
    var kept = new KeyStore(OneCertificate.state(top)).find(key);
    assertThat(kept).as("%s is not lost", key).isPresent();
    assertThat(current.resolve("tls.key")).hasContent(kept.get().pem());
  }

  private List<String> names(String folder) {
    return OneCertificate.state(top).folder(folder).names();
  }
}
