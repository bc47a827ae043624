package dev.perch.certmon.certificate;

import dev.perch.certmon.issue.Issuance;
import java.util.UUID;

/**
 * An issuance that is on its way, as it is kept between any two steps.
 *
 * @param number of the revision it will be
 * @param csr DER; the same to the end
 * @param askedFor {@link CertificateSpec#askedFor} of the certificate when it began
 * @param forced whether what is issued may end before what is in use
 */
record Issuing(
    UUID certificate,
    int number,
    UUID issuer,
    UUID key,
    byte[] csr,
    String askedFor,
    boolean forced,
    Issuance state) {

  Issuing at(Issuance next) {
    return new Issuing(certificate, number, issuer, key, csr, askedFor, forced, next);
  }
}
