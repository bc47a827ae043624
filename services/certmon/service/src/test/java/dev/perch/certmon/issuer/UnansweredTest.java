package dev.perch.certmon.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.certmon.issue.Finding;
import dev.perch.contract.certmon.Issuer;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the check of an issuer says of proofs that this service would have to give. */
class UnansweredTest {
  @Test
  void aProofByHandshakeNeedsAPort() {
    assertThat(CheckResource.unanswered(acme(true), OptionalInt.empty()).map(Finding::code))
        .contains("tls-alpn-off");
    assertThat(CheckResource.unanswered(acme(true), OptionalInt.of(8449))).isEmpty();
  }

  @Test
  void whoeverProvesNamesInAnotherWayNeedsNone() {
    assertThat(CheckResource.unanswered(acme(null), OptionalInt.empty())).isEmpty();
  }

  private static Issuer acme(@Nullable Boolean tlsAlpn01) {
    Instant now = Instant.now();
    return new Issuer(
        UUID.randomUUID(),
        "public",
        null,
        Map.of(),
        Issuer.Kind.ACME,
        null,
        new Issuer.Acme(
            URI.create("https://acme.example/directory"),
            List.of(),
            true,
            null,
            null,
            null,
            null,
            new Issuer.Solvers(true, null, null, tlsAlpn01)),
        null,
        null,
        Issuer.State.READY,
        null,
        null,
        1,
        now,
        now);
  }
}
