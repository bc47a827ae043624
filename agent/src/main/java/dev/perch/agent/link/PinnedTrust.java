package dev.perch.agent.link;

import dev.perch.contract.link.Pins;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a server whose chain leads to a pinned key (RFC 5280 §6, with the pinned certificate as
 * the anchor), and nobody else: no public authority, no name. The clock is not asked: a host
 * without a battery starts in 1970, and a pin is withdrawn by changing the pins, not by waiting.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
  private final Pins pins;

  PinnedTrust(Pins pins) {
    this.pins = pins;
  }

  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {this}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    int pinned = 0;
    while (pinned < chain.length && !pins.contain(chain[pinned])) {
      pinned++;
    }
    if (pinned == chain.length) {
      throw new CertificateException("the server's chain has no pinned key");
    }
    if (pinned > 0) {
      validate(List.of(chain).subList(0, pinned), chain[pinned]);
    }
  }

  private static void validate(List<X509Certificate> path, X509Certificate anchor)
      throws CertificateException {
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(momentWithin(path));
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
    } catch (GeneralSecurityException e) {
      throw new CertificateException("the server's chain does not lead to the pinned key", e);
    }
  }

  /** A moment at which all of them were valid, if there is one. */
  @SuppressWarnings("JavaUtilDate") // the only kind of time certificates have
  private static Date momentWithin(List<X509Certificate> path) {
    Date latest = path.getFirst().getNotBefore();
    for (X509Certificate certificate : path) {
      if (certificate.getNotBefore().after(latest)) {
        latest = certificate.getNotBefore();
      }
    }
    return latest;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this is no server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
