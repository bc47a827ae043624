package dev.perch.certmon.kubernetes;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.UUID;

/**
 * What is published: a revision of a certificate with its key. Its {@code toString} tells no
 * secret.
 *
 * @param chain as a server sends it: the leaf first, without the root
 * @param authorities whom those that meet it have to trust; may be empty
 */
public record Material(
    UUID certificate,
    long revision,
    List<X509Certificate> chain,
    PrivateKey key,
    List<X509Certificate> authorities) {

  public Material {
    chain = List.copyOf(chain);
    authorities = List.copyOf(authorities);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a chain without a certificate");
    }
  }

  X509Certificate leaf() {
    return chain.getFirst();
  }

  byte[] pkcs8() {
    return Pkcs8.encode(key, leaf().getPublicKey());
  }

  @Override
  public String toString() {
    return "Material[" + certificate + ", revision " + revision + "]";
  }
}
