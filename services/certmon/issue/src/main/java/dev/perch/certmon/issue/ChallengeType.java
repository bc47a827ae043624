package dev.perch.certmon.issue;

import java.util.Arrays;
import java.util.Optional;

/** How a name is proven (RFC 8555 §8, RFC 8737, RFC 8738). */
public enum ChallengeType {
  HTTP_01("http-01"),
  DNS_01("dns-01"),
  TLS_ALPN_01("tls-alpn-01");

  private final String type;

  ChallengeType(String type) {
    this.type = type;
  }

  /** Whether a name of this kind can be proven so at all. */
  public boolean proves(SubjectName name) {
    return switch (name.kind()) {
      case DNS -> !name.isWildcard() || this == DNS_01;
      case IP -> this != DNS_01;
      case URI, EMAIL -> false;
    };
  }

  static Optional<ChallengeType> of(String type) {
    return Arrays.stream(values()).filter(each -> each.type.equals(type)).findFirst();
  }

  @Override
  public String toString() {
    return type;
  }
}
