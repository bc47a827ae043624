package dev.perch.certmon.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.peers.Pebble;
import dev.perch.kit.peers.PebbleSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Crashes of ours, restarts of Pebble, and what lies between. */
class AcmeRecoveryTest {
  @TempDir Path folder;
  private AcmeWorld world;
  private Pebble pebble;

  private final KeyPair account = KeyType.P256.generate();
  private final CertificateRequest request = Requests.forNames("dns:a.example");

  @BeforeEach
  void start() throws Exception {
    world = new AcmeWorld(Files.createDirectory(folder.resolve("dns")));
    pebble = pebble(settings());
  }

  @AfterEach
  void stop() {
    pebble.close();
    world.close();
  }

  @Test
  void aNewProcessForEachStepGetsTheCertificateOfTheFirstOrder() {
    Issuance.Ordered ordered = Drive.to(Issuance.Ordered.class, issuer(), request);

    var issued = Drive.toTheEnd(this::issuer, request, ordered);

    assertThat(issued.chain().names()).isEqualTo(request.names());
    assertThat(ordersSeen()).isEqualTo(1);
  }

  @Test
  void aStepThatWasDoneAndForgottenIsNotDoneAgain() {
    AcmeIssuer issuer = issuer();
    Issuance.Ordered ordered = Drive.to(Issuance.Ordered.class, issuer, request);
    Issuance.Challenged challenged = forgotten(issuer, ordered, Issuance.Challenged.class);
    Issuance.Triggered triggered = forgotten(issuer, challenged, Issuance.Triggered.class);
    var first = Drive.toTheEnd(() -> issuer, request, triggered);

    // The CSR was sent, the certificate was there, and we do not remember.
    var second = Drive.toTheEnd(this::issuer, request, triggered);

    assertThat(second.chain()).isEqualTo(first.chain());
    assertThat(ordersSeen()).isEqualTo(1);
  }

  @Test
  void aRestartThatLosesTheAccountBeginsAnewOnce() {
    AcmeIssuer issuer = issuer();
    Issuance.Ordered ordered = Drive.to(Issuance.Ordered.class, issuer, request);
    pebble.restart();

    Step.Failed failed = Drive.toFailure(issuer, request, ordered);
    var issued = Drive.toTheEnd(() -> issuer, request, failed.state());

    assertThat(failed.failure())
        .isEqualTo(new Failure.Transient("account-lost", failed.failure().detail()));
    assertThat(failed.state()).isEqualTo(new Issuance.Requested());
    assertThat(flaws(issued.chain())).isEmpty();
  }

  @Test
  void anotherRestartIsNoticedByAProcessThatNeverSawTheFirstAccount() {
    Issuance.Ordered ordered = Drive.to(Issuance.Ordered.class, issuer(), request);
    pebble.restart();

    Step.Failed failed = Drive.toFailure(issuer(), request, ordered);

    assertThat(failed.failure().code()).isIn("account-lost", "order-gone");
    assertThat(flaws(Drive.toTheEnd(this::issuer, request, failed.state()).chain())).isEmpty();
  }

  @Test
  void aRevocationThatFindsTheAccountLostMakesWayForANewOne() {
    AcmeIssuer issuer = issuer();
    Chain lost = Drive.toTheEnd(issuer, request).chain();
    pebble.restart();

    Optional<Failure> failure = issuer.revoke(lost, RevocationReason.SUPERSEDED);

    assertThat(failure).get().isInstanceOf(Failure.Transient.class);
    assertThat(flaws(Drive.toTheEnd(issuer, request).chain())).isEmpty();
  }

  @Test
  void aServerThatIsAwayKeepsTheState() {
    AcmeIssuer issuer = issuer();
    Issuance.Ordered ordered = Drive.to(Issuance.Ordered.class, issuer, request);
    pebble.stop();

    Step.Failed failed = Drive.toFailure(issuer, request, ordered);

    assertThat(failed.failure()).isInstanceOf(Failure.Away.class);
    assertThat(failed.failure().code()).isEqualTo("unreachable");
    assertThat(failed.state()).isEqualTo(ordered);
    assertThat(issuer.check()).extracting(Finding::code).containsExactly("unreachable");
    assertThat(issuer.reach()).get().isInstanceOf(Failure.Away.class);
    pebble.start();
    assertThat(issuer.reach()).isEmpty();
  }

  @Test
  void aServerThatHangsIsGivenUpInTime() {
    AcmeIssuer issuer =
        new AcmeIssuer(
            acme().patientFor(Duration.ofSeconds(2)), account, world.solvers(), Requests.CLOCK);
    Issuance.Ordered ordered = Drive.to(Issuance.Ordered.class, issuer, request);
    pebble.freeze();

    Step.Failed failed = Drive.toFailure(issuer, request, ordered);
    pebble.thaw();

    assertThat(failed.failure()).isInstanceOf(Failure.Away.class);
    assertThat(Drive.toTheEnd(() -> issuer, request, failed.state()).chain().names())
        .isEqualTo(request.names());
  }

  @Test
  void aServerThatIsNotWhoItShouldBeIsNotSpokenTo() {
    AcmeSettings elsewhere =
        AcmeSettings.of(
            pebble.directory(), Set.of(Requests.root(Authority.unlimited()).certificate()));
    try (AcmeIssuer issuer = new AcmeIssuer(elsewhere, account, world.solvers(), Requests.CLOCK)) {

      Step.Failed failed = Drive.toFailure(issuer, request);

      assertThat(failed.failure().code()).isEqualTo("untrusted-server");
    }
  }

  @Test
  void anAccountThatMustBeBoundIsBound() {
    String key = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";
    pebble.close();
    pebble = pebble(settings().bindingAccountsTo(Map.of("key-1", key)));
    AcmeSettings bound = acme().boundTo(new AcmeSettings.ExternalAccount("key-1", key));
    AcmeSettings wrong = acme().boundTo(new AcmeSettings.ExternalAccount("key-2", key));

    AcmeIssuer unbound = issuer();

    assertThat(unbound.check())
        .extracting(Finding::code)
        .containsExactly("externalAccountRequired");
    assertThat(Drive.toFailure(unbound, request).failure()).isInstanceOf(Failure.NeedsHuman.class);
    assertThat(Drive.toFailure(issuer(wrong), request).failure())
        .isInstanceOf(Failure.NeedsHuman.class);
    assertThat(Drive.toTheEnd(issuer(bound), request).chain().names()).isEqualTo(request.names());
    assertThat(bound.toString()).doesNotContain(key);
  }

  @Test
  void theAccountIsMadeOnceHoweverManyBegin() {
    AcmeIssuer issuer = issuer();
    List<Thread> all =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .start(
                            () ->
                                Drive.to(
                                    Issuance.Ordered.class,
                                    issuer,
                                    Requests.forNames("dns:a" + i + ".example"))))
            .toList();

    await().until(() -> all.stream().noneMatch(Thread::isAlive));

    assertThat(ordersSeen()).isEqualTo(8);
    assertThat(pebble.output().split("There are now \\d+ accounts in memory", -1)).hasSize(2);
  }

  /** Does the step twice from the same state, as after a crash before the commit. */
  private <S extends Issuance> S forgotten(AcmeIssuer issuer, Issuance from, Class<S> kind) {
    var lost = issuer.advance(request, from);
    Step done = issuer().advance(request, Drive.throughJson(from));

    assertThat(lost.state()).isInstanceOf(kind);
    assertThat(done.state()).isEqualTo(lost.state());
    return kind.cast(done.state());
  }

  private int ordersSeen() {
    return pebble.output().split("There are now \\d+ orders in the db", -1).length - 1;
  }

  private List<Flaw> flaws(Chain chain) {
    return Acceptance.examine(
        chain,
        request,
        Expectation.first(Set.of(pebble.root()), Duration.ofDays(80)),
        Requests.CLOCK.instant());
  }

  private PebbleSettings settings() {
    return PebbleSettings.answeredAt(world.httpPort(), world.tlsPort())
        .resolvingAt(world.dns.dns());
  }

  private Pebble pebble(PebbleSettings settings) {
    try {
      Pebble one = new Pebble(Files.createTempDirectory(folder, "pebble"), settings);
      one.start();
      return one;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AcmeSettings acme() {
    return AcmeSettings.of(pebble.directory(), Set.of(pebble.tlsAnchor()));
  }

  private AcmeIssuer issuer() {
    return issuer(acme());
  }

  private AcmeIssuer issuer(AcmeSettings settings) {
    return new AcmeIssuer(settings, account, world.solvers(), Requests.CLOCK);
  }
}
