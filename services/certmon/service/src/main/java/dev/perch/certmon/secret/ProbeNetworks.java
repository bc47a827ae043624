package dev.perch.certmon.secret;

import dev.perch.contract.certmon.Target;
import dev.perch.kit.web.production.Mode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses this service connects to because a target's probe names them. Whoever may write
 * certificates names probes, and shall not look through this service at what only it can reach.
 *
 * <p>Unless networks are given, all addresses but the special ones: what is probed is a load
 * balancer or an ingress, and those have private addresses more often than not. Special ones lead
 * to this machine, to its neighbours, or to the metadata of the cloud it runs in. They are reached
 * only if a network is given that lies within them: {@code 0.0.0.0/0} names none of them.
 */
public final class ProbeNetworks {
  private static final String PROPERTY = "perch.certmon.probe-networks";

  private static final List<Network> LOOPBACK = networks("127.0.0.0/8", "::1/128");

  /** RFC 6890, RFC 4291; the last is where Amazon's machines find their credentials. */
  private static final List<Network> SPECIAL =
      networks(
          "0.0.0.0/8",
          "169.254.0.0/16",
          "224.0.0.0/3",
          "::/128",
          "fe80::/10",
          "ff00::/8",
          "fd00:ec2::254/128");

  private final List<Network> given;
  private final List<Network> special;

  private ProbeNetworks(List<Network> given, List<Network> special) {
    this.given = List.copyOf(given);
    this.special = List.copyOf(special);
  }

  /**
   * @param networks as {@code 10.0.0.0/8}; none for those that are usual
   * @param mode in a trial all servers are on this machine, so that loopback is not special
   * @throws IllegalArgumentException with what is no network, and the property that has it
   */
  public static ProbeNetworks of(List<String> networks, Mode mode) {
    List<Network> given = new ArrayList<>();
    for (String text : networks) {
      try {
        given.add(Network.parse(text.strip()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "%s has '%s': use networks, as 10.0.0.0/8 or 2001:db8::/32".formatted(PROPERTY, text),
            e);
      }
    }
    return new ProbeNetworks(
        given,
        mode == Mode.TRIAL ? SPECIAL : Stream.concat(SPECIAL.stream(), LOOPBACK.stream()).toList());
  }

  /**
   * Where to connect for a name or address. Its name is not looked up again: what is answered a
   * moment later may be another address.
   *
   * @throws IOException that says, for people, why nowhere, and what to do
   */
  InetSocketAddress resolve(String host, int port) throws IOException {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new UnknownHostException("nobody knows the name " + host);
    }
    return Arrays.stream(addresses)
        .filter(this::allows)
        .findFirst()
        .map(address -> new InetSocketAddress(address, port))
        .orElseThrow(() -> new IOException(refusal(addresses[0])));
  }

  /** Why an address is not probed, and what to do; empty for one that is, and for any name. */
  public Optional<String> objection(Target.Probe probe) {
    try {
      InetAddress address = InetAddress.ofLiteral(Probed.host(probe.address()));
      return allows(address) ? Optional.empty() : Optional.of(refusal(address));
    } catch (IllegalArgumentException name) {
      return Optional.empty();
    }
  }

  boolean allows(InetAddress address) {
    for (Network each : special) {
      if (each.contains(address)) {
        return given.stream().anyMatch(named -> named.isWithin(each) && named.contains(address));
      }
    }
    return given.isEmpty() || given.stream().anyMatch(named -> named.contains(address));
  }

  private static String refusal(InetAddress address) {
    return "%s is not probed from here: name another address, or have its network added to %s"
        .formatted(address.getHostAddress(), PROPERTY);
  }

  private static List<Network> networks(String... texts) {
    return Stream.of(texts).map(Network::parse).toList();
  }
}
