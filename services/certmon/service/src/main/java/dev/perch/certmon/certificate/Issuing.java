package dev.perch.certmon.certificate;

import dev.perch.certmon.issue.Issuance;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An issuance that is on its way, as it is kept between any two steps.
 *
 * @param number of the revision it will be
 * @param key the sealed one; null if it was made on a host
 * @param hostKey its name on the host; null if it was made here
 * @param csr DER; the same to the end
 * @param askedFor {@link CertificateSpec#askedFor} of the certificate when it began
 * @param forced whether what is issued may end before what is in use
 */
record Issuing(
    UUID certificate,
    int number,
    UUID issuer,
    @Nullable UUID key,
    @Nullable String hostKey,
    byte[] csr,
    String askedFor,
    boolean forced,
    Issuance state) {

  Issuing at(Issuance next) {
    return new Issuing(certificate, number, issuer, key, hostKey, csr, askedFor, forced, next);
  }
}
