package dev.perch.kit.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CfsslTest {
  @TempDir Path folder;

  @Test
  void bothServersAreTheSameAuthority() {
    try (Cfssl cfssl = new Cfssl(folder);
        PeerHttp http = PeerHttp.plain()) {
      cfssl.start();
      Map<String, String> label = Map.of("label", Cfssl.LABEL);

      JsonNode signing = http.post(cfssl.signing().resolve("info"), label);
      JsonNode revoking = http.post(cfssl.revoking().resolve("info"), Map.of("label", ""));

      assertThat(TestAuthority.parse(signing.at("/result/certificate").asText()))
          .isEqualTo(cfssl.root());
      assertThat(TestAuthority.parse(revoking.at("/result/certificate").asText()))
          .isEqualTo(cfssl.root());
      assertThat(cfssl.revoked()).isEmpty();
    }
  }
}
