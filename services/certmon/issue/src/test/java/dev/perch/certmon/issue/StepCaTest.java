package dev.perch.certmon.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.kit.peers.StepCa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same client against the ACME server of other people. */
class StepCaTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(ChallengeType.class)
  void eachChallengeWorksWithAnotherServerToo(ChallengeType type) throws Exception {
    try (AcmeWorld world = new AcmeWorld(Files.createDirectory(folder.resolve("dns")));
        StepCa stepCa = started(world);
        AcmeIssuer issuer = issuer(world, stepCa, type)) {
      CertificateRequest request = Requests.forNames("dns:a.example");

      Chain chain = Drive.toTheEnd(issuer, request).chain();

      assertThat(
              Acceptance.examine(
                  chain,
                  request,
                  Expectation.first(Set.of(stepCa.root()), Duration.ofHours(23)),
                  Requests.CLOCK.instant()))
          .isEmpty();
      assertThat(issuer.renewalInfo(chain)).as("it has no renewal information").isEmpty();
      assertThat(issuer.revoke(chain, RevocationReason.SUPERSEDED)).isEmpty();
    }
  }

  @Test
  void itsRestartIsNoReasonToBeginAnew() throws Exception {
    try (AcmeWorld world = new AcmeWorld(Files.createDirectory(folder.resolve("dns")));
        StepCa stepCa = started(world);
        AcmeIssuer issuer = issuer(world, stepCa, ChallengeType.HTTP_01)) {
      CertificateRequest request = Requests.forNames("dns:a.example");
      Issuance.Challenged challenged = Drive.to(Issuance.Challenged.class, issuer, request);

      stepCa.restart();

      assertThat(Drive.toTheEnd(() -> issuer, request, challenged).chain().names())
          .isEqualTo(request.names());
    }
  }

  private StepCa started(AcmeWorld world) throws Exception {
    StepCa stepCa =
        new StepCa(
            Files.createDirectory(folder.resolve("step")),
            world.httpPort(),
            world.tlsPort(),
            world.dns.dns());
    stepCa.start();
    return stepCa;
  }

  private static AcmeIssuer issuer(AcmeWorld world, StepCa stepCa, ChallengeType type) {
    ChallengeSolver solver =
        switch (type) {
          case HTTP_01 -> world.http01;
          case DNS_01 -> world.dns01();
          case TLS_ALPN_01 -> world.tlsAlpn01;
        };
    AcmeSettings settings = AcmeSettings.of(stepCa.directory(), Set.of(stepCa.tlsAnchor()));
    return new AcmeIssuer(settings, KeyType.P256.generate(), List.of(solver), Requests.CLOCK);
  }
}
