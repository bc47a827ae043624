package dev.perch.certmon.issuer;

import dev.perch.certmon.issue.Chain;
import dev.perch.contract.certmon.Issuer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom the users of what an issuer signs trust. */
final class Anchors {
  private Anchors() {}

  /**
   * @throws IllegalStateException if a CA has no certificate yet
   */
  static Set<X509Certificate> of(Issuer issuer) {
    if (issuer.acme() != null) {
      String pem = issuer.acme().anchors();
      return pem == null ? ofThisJvm() : read(pem);
    }
    if (issuer.csrApi() != null) {
      return Set.of(Chain.fromPem(issuer.csrApi().chain()).certificates().getLast());
    }
    Issuer.Authority authority = issuer.authority();
    if (authority == null) {
      throw new IllegalStateException("issuer " + issuer.id() + " is not ready");
    }
    return Set.of(Chain.fromPem(authority.chain()).certificates().getLast());
  }

  /** Empty for null: whoever reads it takes those of the JVM. */
  static Set<X509Certificate> read(@Nullable String pem) {
    return pem == null ? Set.of() : Set.copyOf(Chain.fromPem(pem).certificates());
  }

  private static Set<X509Certificate> ofThisJvm() {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init((KeyStore) null);
      return Arrays.stream(trust.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .flatMap(each -> Arrays.stream(((X509TrustManager) each).getAcceptedIssuers()))
          .collect(Collectors.toUnmodifiableSet());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no trust anchors", e);
    }
  }
}
