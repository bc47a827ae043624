package dev.perch.agent.files;

import dev.perch.agent.apply.Violation;
import dev.perch.kit.served.Endpoint;
import dev.perch.kit.served.StartTls;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import org.jspecify.annotations.Nullable;

/** Checks who is to be asked for the certificate of a file set. */
final class ProbeCheck {
  private final List<Violation> violations;

  /**
   * @param violations takes what is found
   */
  ProbeCheck(List<Violation> violations) {
    this.violations = violations;
  }

  /** Null if something is wrong with it. */
  Wanted.@Nullable Probe check(FileSet.Probe probe) {
    int before = violations.size();
    Optional<InetSocketAddress> address = address(probe.address());
    Optional<StartTls> startTls = startTls(probe.startTls());
    SNIHostName name = serverName(probe.serverName());
    String hash = String.valueOf(probe.sha256()).toLowerCase(Locale.ROOT);
    if (!hash.matches("[0-9a-f]{64}")) {
      refuse("probe.sha256", "sha256", hash, "send the SHA-256 of the certificate's DER");
    }
    return violations.size() > before
        ? null
        : new Wanted.Probe(new Endpoint(address.orElseThrow(), name, startTls.orElseThrow()), hash);
  }

  private Optional<InetSocketAddress> address(@Nullable String text) {
    Optional<InetSocketAddress> address = Optional.ofNullable(text).flatMap(Endpoint::ownAddress);
    if (address.isEmpty()) {
      refuse("probe.address", "address", String.valueOf(text), "an address of this host:port");
    }
    return address;
  }

  private Optional<StartTls> startTls(@Nullable String word) {
    if (word == null) {
      return Optional.of(StartTls.NONE);
    }
    Optional<StartTls> found =
        Arrays.stream(StartTls.values()).filter(known -> known.name().equals(word)).findFirst();
    if (found.isEmpty()) {
      String known = Arrays.toString(StartTls.values());
      refuse("probe.start-tls", "startTls", word, "one of " + known);
    }
    return found;
  }

  private @Nullable SNIHostName serverName(@Nullable String name) {
    if (name == null) {
      return null;
    }
    try {
      return new SNIHostName(name);
    } catch (IllegalArgumentException e) {
      refuse("probe.server-name", "serverName", name, "write a DNS name");
      return null;
    }
  }

  private void refuse(String code, String field, String found, String remedy) {
    violations.add(new Violation(code, "/probe/" + field, found, remedy));
  }
}
