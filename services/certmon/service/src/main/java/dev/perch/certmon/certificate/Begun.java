package dev.perch.certmon.certificate;

/** What became of the begin of an issuance. */
sealed interface Begun {

  /** Key and request are kept; the issuer may be asked. */
  record Ready(Issuing issuing) implements Begun {}

  /** The certificate is gone or was changed meanwhile. */
  record Changed() implements Begun {}

  /** A host was asked for the request and has not answered. */
  record Waiting() implements Begun {}

  /**
   * A host answered with something else than it was asked for. Nothing of it was used.
   *
   * @param detail what is wrong with it
   */
  record Refused(String detail) implements Begun {}
}
