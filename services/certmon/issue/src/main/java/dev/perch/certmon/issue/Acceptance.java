package dev.perch.certmon.issue;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * Whether a chain may replace what is in use. An authority may be wrong, hostile, or another one
 * than yesterday; nothing it returns is used before this has no objection.
 */
public final class Acceptance {
  private Acceptance() {}

  /**
   * Everything that is wrong with a chain.
   *
   * @return empty if it may be used
   */
  public static List<Flaw> examine(
      Chain chain, CertificateRequest request, Expectation expectation, Instant now) {
    List<Flaw> flaws = new ArrayList<>();
    key(chain, request, flaws);
    names(chain, request, flaws);
    usages(chain, request, flaws);
    role(chain, request, flaws);
    life(chain, expectation, now, flaws);
    flaws.addAll(TrustPath.flaws(chain, expectation.anchors(), now));
    if (expectation.active() != null) {
      progress(chain, expectation.active(), expectation.forced(), flaws);
    }
    return List.copyOf(flaws);
  }

  private static void key(Chain chain, CertificateRequest request, List<Flaw> flaws) {
    if (!Arrays.equals(
        chain.leaf().getPublicKey().getEncoded(), request.csr().publicKey().getEncoded())) {
      flaws.add(
          new Flaw(
              Flaw.Code.WRONG_KEY,
              "the certificate's key has SHA-256 " + chain.spkiSha256() + ", not the request's"));
    }
    for (X509Certificate certificate : chain.certificates()) {
      String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
      if (algorithm.startsWith("SHA1") || algorithm.startsWith("MD")) {
        flaws.add(
            new Flaw(
                Flaw.Code.WEAK_SIGNATURE,
                certificate.getSubjectX500Principal() + " is signed with " + algorithm));
      }
    }
  }

  private static void names(Chain chain, CertificateRequest request, List<Flaw> flaws) {
    SortedSet<SubjectName> missing = new TreeSet<>(request.names());
    missing.removeAll(chain.names());
    if (!missing.isEmpty()) {
      flaws.add(new Flaw(Flaw.Code.NAMES_MISSING, "asked for and not there: " + missing));
    }
    SortedSet<SubjectName> unasked = new TreeSet<>(chain.names());
    unasked.removeAll(request.names());
    if (!unasked.isEmpty()) {
      flaws.add(new Flaw(Flaw.Code.NAMES_UNASKED, "there and not asked for: " + unasked));
    }
    if (chain.alternativeNames().hasOthers()) {
      flaws.add(
          new Flaw(Flaw.Code.NAMES_UNASKED, "there is a name of a kind that is never asked for"));
    }
  }

  private static void usages(Chain chain, CertificateRequest request, List<Flaw> flaws) {
    Extensions extensions = chain.holder().getExtensions();
    ExtendedKeyUsage found =
        extensions == null ? null : ExtendedKeyUsage.fromExtensions(extensions);
    // Without the extension there is no limit (RFC 5280 §4.2.1.12).
    if (found == null || found.hasKeyPurposeId(KeyPurposeId.anyExtendedKeyUsage)) {
      return;
    }
    for (Usage usage : request.usages()) {
      if (!found.hasKeyPurposeId(usage.purpose())) {
        flaws.add(new Flaw(Flaw.Code.USAGE_MISSING, "it may not be used for " + usage));
      }
    }
  }

  private static void role(Chain chain, CertificateRequest request, List<Flaw> flaws) {
    Extensions extensions = chain.holder().getExtensions();
    BasicConstraints constraints =
        extensions == null ? null : BasicConstraints.fromExtensions(extensions);
    boolean authority = constraints != null && constraints.isCA();
    if (authority != (request.authority() != null)) {
      String found = authority ? "an authority's" : "a leaf's";
      flaws.add(new Flaw(Flaw.Code.WRONG_ROLE, "it is " + found + " certificate"));
    }
  }

  private static void life(Chain chain, Expectation expectation, Instant now, List<Flaw> flaws) {
    if (now.isBefore(chain.notBefore())) {
      flaws.add(new Flaw(Flaw.Code.NOT_YET_VALID, "it is valid from " + chain.notBefore()));
    }
    if (now.isAfter(chain.notAfter())) {
      flaws.add(new Flaw(Flaw.Code.EXPIRED, "it was valid until " + chain.notAfter()));
    } else {
      Duration left = Duration.between(now, chain.notAfter());
      if (left.compareTo(expectation.leastLife()) < 0) {
        flaws.add(
            new Flaw(
                Flaw.Code.TOO_SHORT,
                "it is valid for %s, of use are %s".formatted(left, expectation.leastLife())));
      }
    }
  }

  private static void progress(Chain chain, Chain active, boolean forced, List<Flaw> flaws) {
    if (chain.leaf().equals(active.leaf())) {
      flaws.add(new Flaw(Flaw.Code.SAME_AGAIN, "it is the active one, " + active.serial()));
    } else if (!forced && !chain.notAfter().isAfter(active.notAfter())) {
      flaws.add(
          new Flaw(
              Flaw.Code.NO_BETTER,
              "it ends %s, the active one %s".formatted(chain.notAfter(), active.notAfter())));
    }
  }
}
