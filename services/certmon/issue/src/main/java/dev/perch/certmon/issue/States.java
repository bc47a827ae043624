package dev.perch.certmon.issue;

/** Which states an issuer takes. */
final class States {
  private States() {}

  static void require(boolean ofThisIssuer, Issuance state) {
    if (!ofThisIssuer) {
      throw new IllegalArgumentException(
          "this issuer does not go on from " + state.getClass().getSimpleName());
    }
  }
}
