package dev.perch.certmon.issue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * A subject alternative name, in the one spelling that compares equal: DNS names in lower case and
 * in ASCII (RFC 5890), addresses as Java prints them. In JSON it is {@code kind:value}.
 *
 * @param value for example {@code *.edge.example}, {@code 192.0.2.1}, {@code spiffe://edge/host}
 */
public record SubjectName(Kind kind, String value) implements Comparable<SubjectName> {

  /** The kinds that are issued. */
  public enum Kind {
    DNS(GeneralName.dNSName),
    IP(GeneralName.iPAddress),
    URI(GeneralName.uniformResourceIdentifier),
    EMAIL(GeneralName.rfc822Name);

    private final int tag;

    Kind(int tag) {
      this.tag = tag;
    }
  }

  /**
   * @throws IllegalArgumentException if the value is no name of that kind
   */
  public SubjectName {
    if (value.isBlank() || value.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      throw new IllegalArgumentException("not a name: '" + value + "'");
    }
    value =
        switch (kind) {
          case DNS -> dnsName(value);
          case IP -> address(value).getHostAddress();
          case URI, EMAIL -> value;
        };
  }

  public static SubjectName dns(String name) {
    return new SubjectName(Kind.DNS, name);
  }

  public static SubjectName ip(String address) {
    return new SubjectName(Kind.IP, address);
  }

  /**
   * Reads {@code kind:value}, as {@link #toString} writes it.
   *
   * @throws IllegalArgumentException if it is not that
   */
  @JsonCreator
  public static SubjectName parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("neither dns:, ip:, uri: nor email: '" + text + "'");
    }
    Kind kind = Kind.valueOf(text.substring(0, colon).toUpperCase(Locale.ROOT));
    return new SubjectName(kind, text.substring(colon + 1));
  }

  public boolean isWildcard() {
    return kind == Kind.DNS && value.startsWith("*.");
  }

  /** Empty for a kind that is never issued here, such as a directory name. */
  static Optional<SubjectName> of(GeneralName name) {
    for (Kind kind : Kind.values()) {
      if (kind.tag == name.getTagNo()) {
        return Optional.of(new SubjectName(kind, valueOf(name)));
      }
    }
    return Optional.empty();
  }

  GeneralName toGeneralName() {
    return kind == Kind.IP
        ? new GeneralName(kind.tag, new DEROctetString(address(value).getAddress()))
        : new GeneralName(kind.tag, value);
  }

  @Override
  public int compareTo(SubjectName other) {
    int kinds = kind.compareTo(other.kind);
    return kinds != 0 ? kinds : value.compareTo(other.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + ":" + value;
  }

  private static String valueOf(GeneralName name) {
    if (name.getTagNo() != GeneralName.iPAddress) {
      return name.getName().toString();
    }
    try {
      byte[] octets = ASN1OctetString.getInstance(name.getName()).getOctets();
      return InetAddress.getByAddress(octets).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address of a wrong length", e);
    }
  }

  private static String dnsName(String name) {
    String labels = name.startsWith("*.") ? name.substring(2) : name;
    String ascii = IDN.toASCII(labels, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
    if (ascii.isEmpty() || ascii.startsWith(".") || ascii.endsWith(".") || ascii.length() > 253) {
      throw new IllegalArgumentException("not a DNS name: '" + name + "'");
    }
    return name.startsWith("*.") ? "*." + ascii : ascii;
  }

  private static InetAddress address(String literal) {
    try {
      // Java also takes 1 for 0.0.0.1.
      if (!literal.contains(":") && !literal.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
        throw new IllegalArgumentException("neither four numbers nor IPv6");
      }
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an address: '" + literal + "'", e);
    }
  }
}
