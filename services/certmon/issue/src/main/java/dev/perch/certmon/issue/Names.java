package dev.perch.certmon.issue;

import java.util.Optional;

/** What must hold before a CSR is sent to an authority that takes the names from it. */
final class Names {
  private Names() {}

  static Optional<Failure> objection(CertificateRequest request) {
    if (!request.csr().names().equals(request.names())) {
      return Optional.of(
          new Failure.Permanent(
              "csr-names",
              "the CSR asks for %s, the request for %s"
                  .formatted(request.csr().names(), request.names())));
    }
    if (request.authority() != null) {
      return Optional.of(
          new Failure.Permanent("no-authorities", "this kind of issuer signs leaves only"));
    }
    return Optional.empty();
  }
}
