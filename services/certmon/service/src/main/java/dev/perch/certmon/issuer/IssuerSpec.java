package dev.perch.certmon.issuer;

import dev.perch.contract.certmon.Issuer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says about an issuer. Of what it is made of — kind, CA, account — nothing
 * changes once it is there: certificates were signed by it.
 */
record IssuerSpec(
    String name,
    @Nullable String description,
    Map<String, String> labels,
    Issuer.Kind kind,
    Issuer.@Nullable Ca ca) {

  IssuerSpec {
    labels = Map.copyOf(labels);
  }

  static IssuerSpec of(Issuer issuer) {
    Issuer.Kind kind = issuer.kind();
    if (kind == null) {
      throw new IllegalStateException("an issuer of a kind this release does not know");
    }
    return new IssuerSpec(issuer.name(), issuer.description(), issuer.labels(), kind, issuer.ca());
  }
}
