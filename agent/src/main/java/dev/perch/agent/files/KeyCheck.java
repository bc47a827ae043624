package dev.perch.agent.files;

import dev.perch.agent.apply.Violation;
import dev.perch.agent.files.FileSet.Key;
import dev.perch.agent.keys.HostKey;
import dev.perch.agent.keys.KeyStore;
import dev.perch.agent.keys.SigningRequest;
import dev.perch.contract.certmon.KeyAlgorithm;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Checks the keys that a file set mentions, and gathers them. */
final class KeyCheck {
  private static final int LONGEST = 2000;

  private final KeyStore keys;
  private final List<Violation> violations;
  private final Map<String, Key> seen = new LinkedHashMap<>();

  /**
   * @param violations takes what is found
   */
  KeyCheck(KeyStore keys, List<Violation> violations) {
    this.keys = keys;
    this.violations = violations;
  }

  void add(Key key, String at) {
    if (key.name() == null || !key.name().matches("[A-Za-z0-9][A-Za-z0-9-]{0,62}")) {
      refuse("key.name", at + "/name", String.valueOf(key.name()), "letters, digits and dashes");
      return;
    }
    Key twin = seen.putIfAbsent(key.name(), key);
    if (twin != null && !twin.equals(key)) {
      refuse("key.twice", at, key.name(), "mention it with the same algorithm and names");
    }
    algorithm(key, at + "/algorithm");
    names("key.dns-name", at + "/dnsNames", key.dnsNames(), KeyCheck::isDnsName);
    names("key.ip-address", at + "/ipAddresses", key.ipAddresses(), KeyCheck::isAddress);
    names("key.uri", at + "/uris", key.uris(), KeyCheck::isUri);
    names("key.email", at + "/emails", key.emails(), KeyCheck::isEmail);
    String spki = key.spki();
    if (spki != null && !spki.matches("[0-9a-f]{64}")) {
      refuse("key.spki", at + "/spki", spki, "send the SHA-256 of the public key, lower case");
    }
  }

  /** All that were added; only if nothing was wrong with them. */
  List<Wanted.Key> checked() {
    return seen.values().stream()
        .map(
            key ->
                new Wanted.Key(
                    key.name(),
                    word(key.algorithm()).orElse(KeyAlgorithm.P256),
                    new SigningRequest(
                        key.commonName() == null ? "" : key.commonName(),
                        orNone(key.dnsNames()),
                        orNone(key.ipAddresses()),
                        orNone(key.uris()),
                        orNone(key.emails())),
                    key.spki()))
        .toList();
  }

  private void algorithm(Key key, String at) {
    String asked = key.algorithm();
    if (asked == null) {
      return;
    }
    if (word(asked).isEmpty()) {
      refuse("key.algorithm", at, asked, "one of " + Arrays.toString(KeyAlgorithm.values()));
      return;
    }
    keys.find(key.name())
        .map(HostKey::algorithm)
        .filter(there -> !there.name().equals(asked))
        .ifPresent(
            there ->
                refuse("key.algorithm", at, asked, "the key is there, and is " + there.name()));
  }

  private void names(
      String code, String at, @Nullable List<String> names, Predicate<String> isGood) {
    orNone(names).stream()
        .filter(name -> name == null || !isGood.test(name))
        .map(String::valueOf)
        .forEach(name -> refuse(code, at, name, "RFC 5280 §4.2.1.6 says what can be asked for"));
  }

  private static boolean isDnsName(String name) {
    return name.matches("(\\*\\.)?[A-Za-z0-9._-]{1,253}");
  }

  private static boolean isAddress(String text) {
    try {
      var _ = InetAddress.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isUri(String text) {
    try {
      return isAscii(text) && new URI(text).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isEmail(String text) {
    return isAscii(text) && text.matches("[^\\s@]+@[^\\s@]+");
  }

  private static boolean isAscii(String text) {
    return text.length() <= LONGEST && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static Optional<KeyAlgorithm> word(@Nullable String word) {
    return Arrays.stream(KeyAlgorithm.values()).filter(a -> a.name().equals(word)).findFirst();
  }

  private static List<String> orNone(@Nullable List<String> list) {
    return list == null ? List.of() : list;
  }

  private void refuse(String code, String field, String found, String remedy) {
    violations.add(new Violation(code, field, found, remedy));
  }
}
