package dev.perch.certmon.secret;

import java.net.InetAddress;

/**
 * A network of IP addresses.
 *
 * @param prefix how many leading bits of its address all its members have
 */
record Network(InetAddress address, int prefix) {

  /**
   * Reads {@code 10.0.0.0/8} or {@code 2001:db8::/32}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("no network: '" + text + "'");
    }
    InetAddress address = InetAddress.ofLiteral(text.substring(0, slash));
    int prefix = Integer.parseInt(text.substring(slash + 1));
    if (prefix < 0 || prefix > address.getAddress().length * 8) {
      throw new IllegalArgumentException("no network: '" + text + "'");
    }
    return new Network(address, prefix);
  }

  boolean contains(InetAddress other) {
    byte[] own = address.getAddress();
    byte[] theirs = other.getAddress();
    if (own.length != theirs.length) {
      return false;
    }
    for (int i = 0; i < own.length; i++) {
      int bits = Math.clamp(prefix - i * 8L, 0, 8);
      int mask = 0xff << (8 - bits) & 0xff;
      if (((own[i] ^ theirs[i]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is no larger than the other and lies in it. */
  boolean isWithin(Network other) {
    return prefix >= other.prefix && other.contains(address);
  }
}
