package dev.perch.certmon.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.perch.contract.certmon.Target;
import dev.perch.kit.web.production.Mode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a probe leads. */
class ProbeNetworksTest {
  private static final ProbeNetworks USUAL = ProbeNetworks.of(List.of(), Mode.PRODUCTION);

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.7", "10.1.2.3", "192.168.0.1", "2001:db8::7", "fd12:3456::1"})
  void whereServersAreIsProbedUnlessSomethingElseIsSaid(String address) {
    assertThat(USUAL.allows(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1.2.3",
        "::1",
        "::ffff:127.0.0.1",
        "0.0.0.0",
        "::",
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "fe80::1",
        "fd00:ec2::254",
        "224.0.0.1",
        "255.255.255.255",
        "ff02::1"
      })
  void thisMachineItsNeighboursAndMetadataAreNotAndAllAddressesDoNotNameThem(String address) {
    ProbeNetworks all = ProbeNetworks.of(List.of("0.0.0.0/0", "::/0"), Mode.PRODUCTION);

    assertThat(USUAL.allows(InetAddress.ofLiteral(address))).isFalse();
    assertThat(all.allows(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,       true",
    "127.0.0.2,       false",
    "169.254.7.1,     true",
    "169.254.169.254, false",
    "192.0.2.200,     true",
    "192.0.3.1,       false",
    "2001:db8:1::1,   true",
    "2001:db9::1,     false",
  })
  void whatIsNamedIsProbedAndNothingElse(String address, boolean isProbed) {
    ProbeNetworks some =
        ProbeNetworks.of(
            List.of("127.0.0.1/32", "169.254.7.0/24", "192.0.2.128/25", "2001:db8::/32"),
            Mode.PRODUCTION);

    assertThat(some.allows(InetAddress.ofLiteral(address))).isEqualTo(isProbed);
  }

  @Test
  void inATrialLoopbackIsWhereTheServersAre() {
    ProbeNetworks trial = ProbeNetworks.of(List.of(), Mode.TRIAL);

    assertThat(trial.allows(InetAddress.ofLiteral("127.0.0.1"))).isTrue();
    assertThat(trial.allows(InetAddress.ofLiteral("169.254.169.254"))).isFalse();
  }

  @Test
  void aNameIsJudgedByWhatItLeadsToAndNobodyIsConnectedTo() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Target.Probe probe = new Target.Probe("localhost:" + server.getLocalPort(), null, null);

      Probed probed = Probed.at(USUAL, probe, "0a");

      assertThat(probed.isProof()).isFalse();
      assertThat(probed.message()).contains("127.0.0.1", "perch.certmon.probe-networks");
      server.setSoTimeout(1);
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void whatIsConnectedToIsTheAddressThatWasJudged() throws IOException {
    ProbeNetworks loopback = ProbeNetworks.of(List.of("127.0.0.0/8"), Mode.PRODUCTION);

    assertThat(loopback.resolve("localhost", 443).isUnresolved()).isFalse();
    assertThat(loopback.resolve("localhost", 443).getAddress().getAddress())
        .containsExactly(127, 0, 0, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "edge.example/8", "10.0.0.0/x"})
  void whatIsNoNetworkStopsTheStartAndNamesItsProperty(String text) {
    assertThatThrownBy(() -> ProbeNetworks.of(List.of(text), Mode.PRODUCTION))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("perch.certmon.probe-networks has '" + text + "'");
  }
}
