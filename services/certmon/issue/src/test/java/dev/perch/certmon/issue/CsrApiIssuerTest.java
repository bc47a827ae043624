package dev.perch.certmon.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.kit.peers.Cfssl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against CFSSL's multirootca, and its server that revokes. */
class CsrApiIssuerTest {
  @TempDir static Path folder;
  private static Cfssl cfssl;

  private final CertificateRequest request = Requests.forNames("dns:a.example", "ip:192.0.2.1");

  @BeforeAll
  static void start() {
    cfssl = new Cfssl(folder);
    cfssl.start();
  }

  @AfterAll
  static void stop() {
    cfssl.close();
  }

  @Test
  void aCsrIsSigned() {
    try (CsrApiIssuer issuer = issuer(Cfssl.KEY, cfssl.signing())) {
      Chain chain = Drive.toTheEnd(issuer, request).chain();

      assertThat(
              Acceptance.examine(
                  chain,
                  request,
                  Expectation.first(Set.of(cfssl.root()), Duration.ofHours(23)),
                  Requests.CLOCK.instant()))
          .isEmpty();
      assertThat(issuer.check()).isEmpty();
    }
  }

  @Test
  void aProfileDecidesTheLife() {
    try (CsrApiIssuer issuer = issuer(Cfssl.KEY, cfssl.signing())) {
      Chain chain = Drive.toTheEnd(issuer, request.ofProfile("short")).chain();

      assertThat(chain.life()).isLessThanOrEqualTo(Duration.ofMinutes(65));
    }
  }

  @Test
  void whatItRevokesIsRevoked() {
    try (CsrApiIssuer issuer = issuer(Cfssl.KEY, cfssl.signing())) {
      Chain chain = Drive.toTheEnd(issuer, request).chain();

      assertThat(issuer.revoke(chain, RevocationReason.SUPERSEDED)).isEmpty();

      assertThat(cfssl.revoked()).contains(chain.serial());
    }
  }

  @Test
  void aWrongKeyNeedsAHuman() {
    try (CsrApiIssuer issuer = issuer("00".repeat(16), cfssl.signing())) {
      Failure failure = Drive.toFailure(issuer, request).failure();

      assertThat(failure).isInstanceOf(Failure.NeedsHuman.class);
      assertThat(failure.code()).isEqualTo("unauthorized");
      assertThat(failure.detail()).contains("invalid token");
    }
  }

  @Test
  void aProfileThatIsNotThereIsRefusedForGood() {
    try (CsrApiIssuer issuer = issuer(Cfssl.KEY, cfssl.signing())) {
      Failure failure = Drive.toFailure(issuer, request.ofProfile("nowhere")).failure();

      assertThat(failure).isInstanceOf(Failure.Permanent.class);
    }
  }

  @Test
  void anApiThatIsAwayIsFoundAway() {
    try (CsrApiIssuer issuer = issuer(Cfssl.KEY, URI.create("http://127.0.0.1:1/"))) {
      assertThat(Drive.toFailure(issuer, request).failure()).isInstanceOf(Failure.Away.class);
      assertThat(issuer.reach()).get().isInstanceOf(Failure.Away.class);
      assertThat(issuer.check()).extracting(Finding::code).containsExactly("unreachable");
    }
  }

  @Test
  void anApiThatSignsWithAnotherAuthorityIsFound() {
    CsrApiSettings settings =
        settings(Cfssl.KEY, cfssl.signing(), Requests.root(Authority.unlimited()));
    try (CsrApiIssuer issuer = new CsrApiIssuer(settings)) {
      assertThat(issuer.check()).extracting(Finding::code).containsExactly("other-authority");
    }
  }

  @Test
  void itsSettingsDoNotTellTheKey() {
    assertThat(settings(Cfssl.KEY, cfssl.signing(), null).toString()).doesNotContain(Cfssl.KEY);
  }

  private static CsrApiIssuer issuer(String key, URI signing) {
    return new CsrApiIssuer(settings(key, signing, null));
  }

  private static CsrApiSettings settings(String key, URI signing, Requests.@Nullable Ca authority) {
    return new CsrApiSettings(
        signing,
        cfssl.revoking(),
        Cfssl.LABEL,
        null,
        key,
        List.of(authority == null ? cfssl.root() : authority.certificate()),
        Set.of(),
        Duration.ofSeconds(10));
  }
}
