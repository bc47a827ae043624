package dev.perch.kit.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.kit.embedded.Ports;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepCaTest {
  @TempDir Path folder;

  @Test
  void isAnAcmeServerThatKeepsItsRootOverARestart() {
    try (StepCa stepCa = new StepCa(folder, Ports.free(), Ports.free(), "127.0.0.1:1");
        PeerHttp http = PeerHttp.trusting(stepCa.tlsAnchor())) {
      stepCa.start();
      stepCa.restart();

      assertThat(http.getJson(stepCa.directory()).path("newOrder").asText())
          .startsWith("https://127.0.0.1:");
      assertThat(stepCa.root()).isEqualTo(stepCa.tlsAnchor());
    }
  }
}
