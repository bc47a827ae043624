package dev.perch.certmon.kubernetes;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes cluster and how to reach it.
 *
 * @param name what people call it
 * @param server the base of its API, {@code https://host:port}
 * @param authorityPem the certificates to trust at that address; null for those this JVM trusts
 * @param timeout for a connection, and for an answer
 */
public record Cluster(
    String name,
    URI server,
    @Nullable String authorityPem,
    Credential credential,
    Duration timeout) {

  /**
   * @throws IllegalArgumentException if it would send its credential in the clear, or if a PEM
   *     cannot be read
   */
  public Cluster {
    if (!"https".equals(server.getScheme()) || server.getHost() == null) {
      throw new IllegalArgumentException("the server of a cluster is an https URL");
    }
    if (authorityPem != null) {
      Pem.certificates(authorityPem);
    }
  }
}
