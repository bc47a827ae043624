package dev.perch.kit.web.security;

import java.util.List;

/**
 * The one list of paths of the main port that need no bearer token. What stands here brings a proof
 * of its own, named beside it. A path that ends in a slash stands for all below it.
 */
final class PublicPaths {
  static final List<String> ALL =
      List.of(
          // A one-time token in the body, and a signature with the key that is registered.
          "/agent/v1/enrol",
          // A signature over the server's nonce with the registered key, before anything is said.
          "/agent/v1/link",
          // Lists that are signed, for whoever checks a certificate.
          "/crl/",
          // A token that an ACME server made: who knows it may know its answer (RFC 8555 §8.3).
          "/.well-known/acme-challenge/");

  private PublicPaths() {}

  static boolean contain(String path) {
    return contain(ALL, path);
  }

  static boolean contain(List<String> all, String path) {
    for (String open : all) {
      if (open.endsWith("/") ? path.startsWith(open) : path.equals(open)) {
        return true;
      }
    }
    return false;
  }
}
