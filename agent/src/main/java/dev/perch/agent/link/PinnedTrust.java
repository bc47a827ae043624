package dev.perch.agent.link;

import dev.perch.contract.link.Pins;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a server whose chain leads to a pinned key (RFC 5280 §6.1 without dates, names and
 * policies), and nobody else: no public authority, no name. The clock is not asked: a host without
 * a battery starts in 1970, and a pin is withdrawn by changing the pins, not by waiting.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
  private static final int KEY_CERT_SIGN = 5;

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
    for (int i = 0; i < pinned; i++) {
      requireSignedBy(chain[i], chain[i + 1], i);
    }
  }

  /**
   * @param below how many authorities are between the issuer and the server
   */
  private static void requireSignedBy(X509Certificate subject, X509Certificate issuer, int below)
      throws CertificateException {
    boolean[] usage = issuer.getKeyUsage();
    boolean mayIssue =
        issuer.getBasicConstraints() >= below
            && (usage == null || usage[KEY_CERT_SIGN])
            && subject.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
            && !subject.hasUnsupportedCriticalExtension();
    try {
      if (mayIssue) {
        subject.verify(issuer.getPublicKey());
        return;
      }
    } catch (GeneralSecurityException e) {
      // Said below.
    }
    throw new CertificateException("the server's chain does not lead to the pinned key");
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
