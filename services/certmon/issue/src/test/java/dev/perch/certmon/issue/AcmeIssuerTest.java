package dev.perch.certmon.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.kit.peers.Pebble;
import dev.perch.kit.peers.PebbleSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against Pebble. */
class AcmeIssuerTest {
  @TempDir static Path folder;
  private static AcmeWorld world;
  private static Pebble pebble;

  private final KeyPair account = KeyType.P256.generate();
  private AcmeIssuer issuer;

  @BeforeAll
  static void start() throws Exception {
    world = new AcmeWorld(Files.createDirectory(folder.resolve("dns")));
    pebble =
        new Pebble(
            Files.createDirectory(folder.resolve("pebble")),
            PebbleSettings.answeredAt(world.httpPort(), world.tlsPort())
                .resolvingAt(world.dns.dns())
                .withProfile("short", Duration.ofHours(1))
                // As a busy server does; the client must not notice.
                .rejectingNonces(10));
    pebble.start();
  }

  @AfterAll
  static void stop() {
    pebble.close();
    world.close();
  }

  @BeforeEach
  void open() {
    issuer = issuer(account, world.solvers());
  }

  @AfterEach
  void close() {
    issuer.close();
  }

  @ParameterizedTest
  @EnumSource(ChallengeType.class)
  void aNameIsProvenByEachChallenge(ChallengeType type) {
    try (AcmeIssuer one = issuer(account, List.of(solver(type)))) {
      assertIssued(one, Requests.forNames("dns:a.example", "dns:b.example"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ChallengeType.class,
      names = {"HTTP_01", "TLS_ALPN_01"})
  void anAddressIsProven(ChallengeType type) {
    try (AcmeIssuer one = issuer(account, List.of(solver(type)))) {
      assertIssued(one, Requests.forNames("ip:127.0.0.1"));
    }
  }

  @Test
  void aWildcardIsProvenByDnsThoughHttpIsPreferred() {
    assertIssued(issuer, Requests.forNames("dns:*.a.example", "dns:a.example"));
  }

  @Test
  void anAnswerIsGoneWhenItIsNotNeededAnyMore() {
    CertificateRequest request = Requests.forNames("dns:tidy.example");

    Issuance.Triggered triggered = Drive.to(Issuance.Triggered.class, issuer, request);
    Challenge challenge = triggered.challenges().getFirst();
    assertThat(world.http01.answer(challenge.token())).contains(challenge.keyAuthorization());
    var issued = Drive.toTheEnd(() -> issuer, request, triggered);

    assertThat(issued.chain().names()).containsExactly(SubjectName.dns("tidy.example"));
    assertThat(world.http01.answer(challenge.token())).isEmpty();
  }

  @Test
  void aProfileDecidesTheLife() {
    Chain chain =
        Drive.toTheEnd(issuer, Requests.forNames("dns:a.example").ofProfile("short")).chain();

    assertThat(chain.life()).isLessThanOrEqualTo(Duration.ofHours(1));
  }

  @Test
  void aProfileThatIsNotThereIsRefusedForGood() {
    Step.Failed failed =
        Drive.toFailure(issuer, Requests.forNames("dns:a.example").ofProfile("nowhere"));

    assertThat(failed.failure()).isInstanceOf(Failure.Permanent.class);
    assertThat(failed.failure().code()).isEqualTo("not-supported");
  }

  @Test
  void aNameThatNobodyAnswersForFailsValidationAndBeginsAnew() {
    world.dns.setAddresses("gone.example", List.of("127.0.0.77"));

    Step.Failed failed = Drive.toFailure(issuer, Requests.forNames("dns:gone.example"));

    assertThat(failed.state()).isEqualTo(new Issuance.Requested());
    assertThat(failed.failure())
        .isInstanceOfSatisfying(
            Failure.Validation.class,
            validation -> assertThat(validation.names()).containsExactly("dns:gone.example"));
  }

  @Test
  void aNameWithoutASolverIsRefusedForGood() {
    try (AcmeIssuer one = issuer(account, List.of(world.http01))) {
      Step.Failed failed = Drive.toFailure(one, Requests.forNames("dns:*.a.example"));

      assertThat(failed.failure().code()).isEqualTo("no-solver");
    }
  }

  @Test
  void namesThatAreNotInTheCsrAreNeverOrdered() {
    CertificateRequest request =
        Requests.forNames("dns:a.example").named(List.of(SubjectName.dns("b.example")));

    assertThat(Drive.toFailure(issuer, request).failure().code()).isEqualTo("csr-names");
  }

  @Test
  void theServerSaysWhenItWouldLikeARenewal() throws Exception {
    Chain chain = Drive.toTheEnd(issuer, Requests.forNames("dns:a.example")).chain();

    Optional<RenewalWindow> window = issuer.renewalInfo(chain);

    assertThat(window).isPresent();
    assertThat(window.get().start()).isAfter(chain.notBefore()).isBefore(chain.notAfter());
    assertThat(window.get().askAgainAfter()).isBetween(Duration.ofHours(1), Duration.ofDays(7));
  }

  @Test
  void aRenewalSaysWhatItReplacesAndIsIssuedAlsoIfThatWasReplacedBefore() {
    CertificateRequest request = Requests.forNames("dns:a.example");
    Chain first = Drive.toTheEnd(issuer, request).chain();
    CertificateRequest renewal = request.replacing(first);

    Drive.toTheEnd(issuer, renewal);
    Chain again = Drive.toTheEnd(issuer, renewal).chain();

    assertThat(again.serial()).isNotEqualTo(first.serial());
    assertThat(again.names()).isEqualTo(request.names());
  }

  @Test
  void revokingTwiceIsRevoking() {
    Chain chain = Drive.toTheEnd(issuer, Requests.forNames("dns:a.example")).chain();

    Optional<Failure> first = issuer.revoke(chain, RevocationReason.SUPERSEDED);
    Optional<Failure> second = issuer.revoke(chain, RevocationReason.SUPERSEDED);

    assertThat(first).isEmpty();
    assertThat(second).isEmpty();
    assertThat(pebble.statusOf(chain.serial())).isEqualTo("Revoked");
  }

  @Test
  void checkFindsNothingWrongWithAServerThatWorks() {
    assertThat(issuer.check()).isEmpty();
  }

  private static AcmeIssuer issuer(KeyPair account, List<ChallengeSolver> solvers) {
    AcmeSettings settings = AcmeSettings.of(pebble.directory(), Set.of(pebble.tlsAnchor()));
    return new AcmeIssuer(settings, account, solvers, Requests.CLOCK);
  }

  private static ChallengeSolver solver(ChallengeType type) {
    return switch (type) {
      case HTTP_01 -> world.http01;
      case DNS_01 -> world.dns01();
      case TLS_ALPN_01 -> world.tlsAlpn01;
    };
  }

  private static void assertIssued(AcmeIssuer issuer, CertificateRequest asked) {
    // Pebble takes any profile if none is named.
    CertificateRequest request = asked.ofProfile("default");

    Chain chain = Drive.toTheEnd(issuer, request).chain();

    assertThat(
            Acceptance.examine(
                chain,
                request,
                Expectation.first(Set.of(pebble.root()), Duration.ofDays(80)),
                Requests.CLOCK.instant()))
        .isEmpty();
  }
}
