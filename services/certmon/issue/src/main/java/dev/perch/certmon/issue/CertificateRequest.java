package dev.perch.certmon.issue;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of an issuer.
 *
 * @param csr the key, and the proof that its owner asks
 * @param names what the certificate shall be for; ACME and CSR APIs take the names of the CSR, so
 *     there both must be the same
 * @param usages at least one, or none for an authority
 * @param life how long it shall live; an ACME server may decide otherwise
 * @param authority null for a leaf
 * @param profile the issuer's name for a kind of certificate; null for its default
 * @param replaces the {@link Chain#renewalId} of what it renews; null for a first one
 */
public record CertificateRequest(
    Csr csr,
    SortedSet<SubjectName> names,
    Set<Usage> usages,
    Duration life,
    @Nullable Authority authority,
    @Nullable String profile,
    @Nullable String replaces) {

  /**
   * @throws IllegalArgumentException if a leaf has no name or no usage, or the life is no time
   */
  public CertificateRequest {
    names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    usages = usages.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(usages));
    if (authority == null && (names.isEmpty() || usages.isEmpty())) {
      throw new IllegalArgumentException("a leaf needs a name and a usage");
    }
    if (!life.isPositive()) {
      throw new IllegalArgumentException("a life of " + life);
    }
  }

  /** A leaf for the names of the CSR. */
  public static CertificateRequest of(Csr csr, Set<Usage> usages, Duration life) {
    return new CertificateRequest(csr, csr.names(), usages, life, null, null, null);
  }

  public CertificateRequest named(Collection<SubjectName> others) {
    return new CertificateRequest(
        csr, new TreeSet<>(others), usages, life, authority, profile, replaces);
  }

  public CertificateRequest asAuthority(Authority constraints) {
    return new CertificateRequest(csr, names, usages, life, constraints, profile, replaces);
  }

  public CertificateRequest ofProfile(String name) {
    return new CertificateRequest(csr, names, usages, life, authority, name, replaces);
  }

  /** The renewal of another certificate; an ACME server may count it less. */
  public CertificateRequest replacing(Chain active) {
    return new CertificateRequest(
        csr, names, usages, life, authority, profile, active.renewalId().orElse(null));
  }
}
