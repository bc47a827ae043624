package dev.perch.certmon.issue;

import java.net.InetAddress;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;

/**
 * A part of all names: a DNS domain with all below it, or a network.
 *
 * @param text {@code edge.example}, {@code 192.0.2.0/24}, {@code 2001:db8::/32}
 */
public record NameSpace(String text) {

  /**
   * @throws IllegalArgumentException if it is neither
   */
  public NameSpace {
    if (text.contains("/")) {
      var _ = network(text);
    } else {
      text = SubjectName.dns(text).value();
    }
  }

  GeneralSubtree toSubtree() {
    return new GeneralSubtree(
        text.contains("/")
            ? new GeneralName(GeneralName.iPAddress, new DEROctetString(network(text)))
            : new GeneralName(GeneralName.dNSName, text));
  }

  /** Address and mask, one after the other (RFC 5280 §4.2.1.10). */
  private static byte[] network(String text) {
    int slash = text.indexOf('/');
    byte[] address = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
    int prefix = Integer.parseInt(text.substring(slash + 1));
    if (prefix < 0 || prefix > address.length * 8) {
      throw new IllegalArgumentException("not a network: '" + text + "'");
    }
    byte[] both = new byte[address.length * 2];
    for (int i = 0; i < address.length; i++) {
      int bits = Math.clamp(prefix - i * 8L, 0, 8);
      int mask = 0xff << (8 - bits) & 0xff;
      both[i] = (byte) (address[i] & mask);
      both[address.length + i] = (byte) mask;
    }
    return both;
  }
}
