package dev.perch.certmon.issuer;

import dev.perch.contract.certmon.Issuer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says about an issuer. Who it is — kind, CA, ACME server — does not change once
 * it is there: certificates were signed by it. How it is reached and what is proven how may.
 *
 * @param credentials only what is given now; what is kept is never read back
 */
record IssuerSpec(
    String name,
    @Nullable String description,
    Map<String, String> labels,
    Issuer.Kind kind,
    Issuer.@Nullable Ca ca,
    Issuer.@Nullable Acme acme,
    Issuer.@Nullable CsrApi csrApi,
    Issuer.@Nullable Rate rate,
    @Nullable Credentials credentials) {

  IssuerSpec {
    labels = Map.copyOf(labels);
  }

  static IssuerSpec of(Issuer issuer) {
    Issuer.Kind kind = issuer.kind();
    if (kind == null) {
      throw new IllegalStateException("an issuer of a kind this release does not know");
    }
    return new IssuerSpec(
        issuer.name(),
        issuer.description(),
        issuer.labels(),
        kind,
        issuer.ca(),
        issuer.acme(),
        issuer.csrApi(),
        issuer.rate(),
        null);
  }
}
