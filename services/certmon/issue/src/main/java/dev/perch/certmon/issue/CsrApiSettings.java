package dev.perch.certmon.issue;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An authority behind an HTTP API of CFSSL's dialect.
 *
 * @param signing the base of the API that signs, for example {@code
 *     https://ca.example:8888/api/v1/cfssl/}
 * @param revoking the base of the one that revokes; null if there is none
 * @param label the authority among several; null for the only one
 * @param profile the profile of a request that names none; null for the API's default
 * @param key the shared key, hexadecimal: a secret
 * @param above the signing authority's certificate and those above it: the API returns leaves only
 * @param tlsAnchors whom to trust as the API's server; empty for the JVM's
 * @param timeout of one request
 */
public record CsrApiSettings(
    URI signing,
    @Nullable URI revoking,
    @Nullable String label,
    @Nullable String profile,
    String key,
    List<X509Certificate> above,
    Set<X509Certificate> tlsAnchors,
    Duration timeout) {

  /**
   * @throws IllegalArgumentException if the key is not hexadecimal
   */
  public CsrApiSettings {
    above = List.copyOf(above);
    tlsAnchors = Set.copyOf(tlsAnchors);
    if (HexFormat.of().parseHex(key).length == 0) {
      throw new IllegalArgumentException("an empty key");
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "CsrApiSettings[" + signing + ", " + label + "]";
  }
}
