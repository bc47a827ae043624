package dev.perch.certmon.issue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a server name means that an authority asks for: an address by its name in the reverse DNS
 * (RFC 8738 §6), {@code 1.2.0.192.in-addr.arpa} or 32 nibbles and {@code ip6.arpa}; else itself.
 */
final class ReverseName {
  private static final String FOUR = ".in-addr.arpa";
  private static final String SIX = ".ip6.arpa";
  private static final int NIBBLES = 32;

  private ReverseName() {}

  /** Empty if it is no name at all. */
  static Optional<SubjectName> meant(String serverName) {
    try {
      if (serverName.endsWith(FOUR)) {
        return Optional.of(SubjectName.ip(String.join(".", labels(serverName, FOUR))));
      }
      return Optional.of(
          serverName.endsWith(SIX) ? six(labels(serverName, SIX)) : SubjectName.dns(serverName));
    } catch (IllegalArgumentException | UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static SubjectName six(List<String> nibbles) throws UnknownHostException {
    if (nibbles.size() != NIBBLES || nibbles.stream().anyMatch(each -> each.length() != 1)) {
      throw new IllegalArgumentException("not an address of IPv6");
    }
    byte[] octets = HexFormat.of().parseHex(String.join("", nibbles));
    return SubjectName.ip(InetAddress.getByAddress(octets).getHostAddress());
  }

  /** Before the end, the last one first. */
  private static List<String> labels(String name, String end) {
    List<String> labels =
        Arrays.asList(name.substring(0, name.length() - end.length()).split("\\.", -1));
    Collections.reverse(labels);
    return labels;
  }
}
