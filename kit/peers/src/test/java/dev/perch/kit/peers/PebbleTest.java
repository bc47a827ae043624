package dev.perch.kit.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.embedded.Ports;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PebbleTest {
  @TempDir Path folder;

  @Test
  void itsDirectoryOffersRenewalInformationAndTheProfiles() {
    PebbleSettings settings =
        PebbleSettings.answeredAt(Ports.free(), Ports.free())
            .withProfile("short", Duration.ofHours(1))
            .bindingAccountsTo(Map.of("key-1", "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG4"));
    try (Pebble pebble = new Pebble(folder, settings);
        PeerHttp http = PeerHttp.trusting(pebble.tlsAnchor())) {
      pebble.start();

      JsonNode directory = http.getJson(pebble.directory());

      assertThat(directory.path("renewalInfo").asText()).isNotEmpty();
      assertThat(directory.at("/meta/profiles").fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder("default", "short");
      assertThat(directory.at("/meta/externalAccountRequired").asBoolean()).isTrue();
    }
  }

  @Test
  void aRestartKeepsTheAddressAndLosesTheRoot() {
    PebbleSettings settings = PebbleSettings.answeredAt(Ports.free(), Ports.free());
    try (Pebble pebble = new Pebble(folder, settings)) {
      pebble.start();
      X509Certificate before = pebble.root();

      pebble.restart();

      assertThat(pebble.root()).isNotEqualTo(before);
      assertThat(pebble.output()).contains("ACME directory available at: ");
    }
  }

  @Test
  void whatCannotStartSaysWhy() {
    PebbleSettings settings = PebbleSettings.answeredAt(Ports.free(), Ports.free());
    try (Pebble pebble = new Pebble(folder, settings)) {
      pebble.start();

      assertThatThrownBy(pebble::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("runs already");
    }
  }
}
