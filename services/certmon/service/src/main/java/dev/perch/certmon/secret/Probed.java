package dev.perch.certmon.secret;

import dev.perch.contract.certmon.Target;
import dev.perch.kit.served.Endpoint;
import dev.perch.kit.served.Leaf;
import dev.perch.kit.served.StartTls;
import java.io.IOException;
import java.net.URI;
import javax.net.ssl.SNIHostName;

/**
 * What a server was seen to serve, from here.
 *
 * @param isProof whether it is the certificate that it should be
 */
record Probed(boolean isProof, String message) {

  /** Looks; it takes seconds at most. */
  static Probed at(ProbeNetworks networks, Target.Probe probe, String sha256) {
    try {
      Leaf leaf = endpoint(networks, probe).look();
      return leaf.sha256().equals(sha256)
          ? new Probed(true, "It is what " + probe.address() + " serves.")
          : new Probed(false, probe.address() + " serves another certificate.");
    } catch (IOException e) {
      return new Probed(false, probe.address() + " shows none: " + e.getMessage());
    }
  }

  /** The host of a probe's address, without the brackets of an IPv6 address. */
  static String host(String address) {
    String host = URI.create("tls://" + address).getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static Endpoint endpoint(ProbeNetworks networks, Target.Probe probe) throws IOException {
    int port = URI.create("tls://" + probe.address()).getPort();
    Target.StartTls startTls = probe.startTls();
    return new Endpoint(
        networks.resolve(host(probe.address()), port),
        probe.serverName() == null ? null : new SNIHostName(probe.serverName()),
        startTls == null ? StartTls.NONE : StartTls.valueOf(startTls.name()));
  }
}
