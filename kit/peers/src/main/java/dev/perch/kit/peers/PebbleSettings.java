package dev.perch.kit.peers;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How Pebble is to behave.
 *
 * @param httpPort where it looks for http-01 answers
 * @param tlsPort where it looks for tls-alpn-01 answers
 * @param dnsServer {@code address:port} of its resolver; null for the machine's own
 * @param profiles the life of a certificate by profile; the first is the default
 * @param boundKeys MAC keys (base64url) by key id; if there is one, accounts need a binding
 * @param rejectedNonces per cent of good nonces that it rejects all the same
 */
public record PebbleSettings(
    int httpPort,
    int tlsPort,
    @Nullable String dnsServer,
    Map<String, Duration> profiles,
    Map<String, String> boundKeys,
    int rejectedNonces) {

  /** Certificates of 90 days, no faults, every authorization proven anew. */
  public static PebbleSettings answeredAt(int httpPort, int tlsPort) {
    return new PebbleSettings(
        httpPort, tlsPort, null, Map.of("default", Duration.ofDays(90)), Map.of(), 0);
  }

  public PebbleSettings resolvingAt(String address) {
    return new PebbleSettings(httpPort, tlsPort, address, profiles, boundKeys, rejectedNonces);
  }

  /** One more profile. */
  public PebbleSettings withProfile(String name, Duration life) {
    Map<String, Duration> more = new LinkedHashMap<>(profiles);
    more.put(name, life);
    return new PebbleSettings(httpPort, tlsPort, dnsServer, more, boundKeys, rejectedNonces);
  }

  /** Accounts need an external binding with one of these keys. */
  public PebbleSettings bindingAccountsTo(Map<String, String> keys) {
    return new PebbleSettings(httpPort, tlsPort, dnsServer, profiles, keys, rejectedNonces);
  }

  public PebbleSettings rejectingNonces(int percent) {
    return new PebbleSettings(httpPort, tlsPort, dnsServer, profiles, boundKeys, percent);
  }
}
