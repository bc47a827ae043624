package dev.perch.certmon.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.perch.kit.embedded.Ports;
import dev.perch.kit.peers.Named;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A zone of BIND's. */
class Dns01UpdateTest {
  private static final String ZONE = "edge.example";
  private static final String WRONG = Base64.getEncoder().encodeToString(new byte[32]);

  @TempDir static Path folder;
  private static Named named;

  @BeforeAll
  static void start() {
    named = new Named(folder, ZONE);
    named.start();
  }

  @AfterAll
  static void stop() {
    named.close();
  }

  @Test
  void oneOfTwoAnswersForANameIsTakenAwayAndTheOtherStays() throws IOException {
    Dns01Update solver = solver(ZONE, Named.KEY, named.secret());
    Challenge one = challenge("one");
    Challenge other = challenge("other");
    solver.present(one);
    solver.present(other);
    solver.present(other);

    solver.remove(one);

    assertThat(solver.isVisible(one)).isFalse();
    assertThat(solver.isVisible(other)).isTrue();
    assertThat(solver.check()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "edge.example,  perch,   false, dns-key,     tsigSecret",
    "edge.example,  nobody,  true,  dns-key,     keyName",
    "edge.example,  guest,   true,  dns-refused, update-policy { grant guest zonesub TXT; };",
    "other.example, perch,   true,  dns-zone,    primary server",
  })
  void whatTheServerDoesNotLikeIsSaidWithWhatToDo(
      String zone, String key, boolean isRight, String code, String remedy) {
    Dns01Update solver = solver(zone, key, isRight ? named.secret() : WRONG);

    assertThat(solver.check())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(code);
              assertThat(finding.remedy()).contains(remedy);
              assertThat(finding.toString()).doesNotContain(named.secret()).doesNotContain(WRONG);
            });
    assertThatThrownBy(() -> solver.present(challenge("refused"))).isInstanceOf(IOException.class);
  }

  @Test
  void aServerThatIsNotThereIsSaidToBeAway() {
    Dns01Update solver =
        new Dns01Update(
            new Dns01Update.Zone(
                ZONE,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()),
                new Dns01Update.Key(Named.KEY, "hmac-sha256", WRONG),
                Duration.ofSeconds(5)));

    assertThat(solver.check()).extracting(Finding::code).containsExactly("dns-unreachable");
  }

  private static Dns01Update solver(String zone, String key, String secret) {
    return new Dns01Update(
        new Dns01Update.Zone(
            zone,
            named.address(),
            new Dns01Update.Key(key, "hmac-sha256", secret),
            Duration.ofSeconds(10)));
  }

  private static Challenge challenge(String token) {
    URI nowhere = URI.create("https://ca.example/");
    return new Challenge(
        nowhere,
        nowhere,
        ChallengeType.DNS_01,
        SubjectName.dns("a." + ZONE),
        token,
        token + ".thumb");
  }
}
