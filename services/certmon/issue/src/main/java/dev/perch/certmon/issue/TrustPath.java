package dev.perch.certmon.issue;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Path validation (RFC 5280 §6) of a chain that is in order, at any time, with every fault named.
 * The JDK's validator stops at the first one. Policies are not looked at: nobody here uses them.
 */
final class TrustPath {
  private TrustPath() {}

  static List<Flaw> flaws(Chain chain, Set<X509Certificate> anchors, Instant now) {
    List<Flaw> flaws = new ArrayList<>();
    List<X509Certificate> path = new ArrayList<>();
    boolean trusted = false;
    for (X509Certificate certificate : chain.certificates()) {
      if (!path.isEmpty() && !isSignedBy(path.getLast(), certificate)) {
        flaws.add(
            new Flaw(
                Flaw.Code.BROKEN_CHAIN,
                "%s is not signed by %s".formatted(name(path.getLast()), name(certificate))));
      }
      path.add(certificate);
      Optional<X509Certificate> anchor = anchorOf(certificate, anchors);
      if (anchor.isPresent()) {
        trusted = true;
        if (!anchor.get().equals(certificate)) {
          path.add(anchor.get());
        }
        break;
      }
    }
    if (!trusted) {
      flaws.add(
          new Flaw(
              Flaw.Code.FOREIGN_CHAIN,
              "no trusted authority signed %s, nor any above it".formatted(name(chain.leaf()))));
    }
    authorities(path, now, flaws);
    constraints(path, flaws);
    return flaws;
  }

  private static Optional<X509Certificate> anchorOf(
      X509Certificate certificate, Set<X509Certificate> anchors) {
    if (anchors.contains(certificate)) {
      return Optional.of(certificate);
    }
    return anchors.stream().filter(anchor -> isSignedBy(certificate, anchor)).findFirst();
  }

  private static boolean isSignedBy(X509Certificate certificate, X509Certificate authority) {
    if (!certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
      return false;
    }
    try {
      certificate.verify(authority.getPublicKey(), Bc.PROVIDER);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /**
   * Each authority must be one, be valid, and allow as many below it as there are. An authority at
   * the end of the path counts (RFC 5280 lets it be): else it could sign nothing.
   */
  private static void authorities(List<X509Certificate> path, Instant now, List<Flaw> flaws) {
    int below = path.getFirst().getBasicConstraints() < 0 ? 0 : 1;
    for (X509Certificate certificate : path.subList(1, path.size())) {
      Chain authority = new Chain(List.of(certificate));
      Extensions extensions = authority.holder().getExtensions();
      BasicConstraints basic =
          extensions == null ? null : BasicConstraints.fromExtensions(extensions);
      KeyUsage usage = extensions == null ? null : KeyUsage.fromExtensions(extensions);
      if (basic == null || !basic.isCA()) {
        flaws.add(beyond(certificate, "is no authority"));
      } else if (basic.getPathLenConstraint() != null
          && basic.getPathLenConstraint().intValueExact() < below) {
        flaws.add(beyond(certificate, "allows fewer authorities below it than there are"));
      }
      if (usage != null && !usage.hasUsages(KeyUsage.keyCertSign)) {
        flaws.add(beyond(certificate, "may not sign certificates"));
      }
      if (now.isBefore(authority.notBefore())) {
        flaws.add(new Flaw(Flaw.Code.NOT_YET_VALID, name(certificate) + " is not valid yet"));
      } else if (now.isAfter(authority.notAfter())) {
        flaws.add(new Flaw(Flaw.Code.EXPIRED, name(certificate) + " is not valid any more"));
      }
      if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
        below++;
      }
    }
  }

  /** From the top down, each authority narrows the names that may lie below it. */
  private static void constraints(List<X509Certificate> path, List<Flaw> flaws) {
    PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
    for (int i = path.size() - 1; i >= 0; i--) {
      X509CertificateHolder holder = Chain.holder(path.get(i));
      Extensions extensions = holder.getExtensions();
      if (i == 0) {
        check(validator, holder, flaws);
      } else if (extensions != null
          && extensions.getExtensionParsedValue(Extension.nameConstraints) != null) {
        NameConstraints limits =
            NameConstraints.getInstance(
                extensions.getExtensionParsedValue(Extension.nameConstraints));
        if (limits.getPermittedSubtrees() != null) {
          validator.intersectPermittedSubtree(limits.getPermittedSubtrees());
        }
        if (limits.getExcludedSubtrees() != null) {
          for (GeneralSubtree subtree : limits.getExcludedSubtrees()) {
            validator.addExcludedSubtree(subtree);
          }
        }
      }
    }
  }

  private static void check(
      PKIXNameConstraintValidator validator, X509CertificateHolder leaf, List<Flaw> flaws) {
    Extensions extensions = leaf.getExtensions();
    GeneralNames names =
        extensions == null
            ? null
            : GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
    if (names == null) {
      return;
    }
    for (GeneralName name : names.getNames()) {
      try {
        validator.checkPermitted(name);
        validator.checkExcluded(name);
      } catch (NameConstraintValidatorException e) {
        flaws.add(
            new Flaw(
                Flaw.Code.BEYOND_AUTHORITY,
                SubjectName.of(name).map(SubjectName::toString).orElse("a name")
                    + " is outside of what an authority above may sign"));
      }
    }
  }

  private static Flaw beyond(X509Certificate authority, String why) {
    return new Flaw(Flaw.Code.BEYOND_AUTHORITY, name(authority) + " " + why);
  }

  private static String name(X509Certificate certificate) {
    X500Name subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    String common = Csr.commonName(subject);
    return "'" + (common.isEmpty() ? new Chain(List.of(certificate)).names() : common) + "'";
  }
}
