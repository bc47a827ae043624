package dev.perch.certmon.issue;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * An authority whose key is ours.
 *
 * @param chain its certificate, and those above it up to the root
 * @param longestLife what it signs lives no longer, and never longer than itself
 * @param crlUrls where its revocation list is published
 * @param issuerUrls where its certificate is published
 */
public record CaSettings(
    Chain chain, Duration longestLife, List<URI> crlUrls, List<URI> issuerUrls) {

  public CaSettings {
    crlUrls = List.copyOf(crlUrls);
    issuerUrls = List.copyOf(issuerUrls);
    if (!longestLife.isPositive()) {
      throw new IllegalArgumentException("a life of " + longestLife);
    }
  }

  public static CaSettings of(Chain chain, Duration longestLife) {
    return new CaSettings(chain, longestLife, List.of(), List.of());
  }
}
