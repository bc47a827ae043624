package dev.perch.certmon.issue;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An ACME server and our account there.
 *
 * @param directory the URL of its directory
 * @param tlsAnchors whom to trust as its server; empty for the JVM's
 * @param contacts {@code mailto:} addresses
 * @param external the account at the authority that ours is bound to; null if none is needed
 * @param termsAgreed whether somebody has agreed to its terms of service
 * @param sendsLife whether an order asks for an end; many servers refuse such orders
 * @param sessions how many requests may be under way at once
 * @param timeout of one request
 */
public record AcmeSettings(
    URI directory,
    Set<X509Certificate> tlsAnchors,
    List<URI> contacts,
    @Nullable ExternalAccount external,
    boolean termsAgreed,
    boolean sendsLife,
    int sessions,
    Duration timeout) {

  /** As many as an ordinary server likes from one account. */
  public static final int DEFAULT_SESSIONS = 4;

  public AcmeSettings {
    tlsAnchors = Set.copyOf(tlsAnchors);
    contacts = List.copyOf(contacts);
    if (sessions < 1) {
      throw new IllegalArgumentException("at least one session");
    }
  }

  /** The terms agreed to, no contact, four sessions, 20 s. */
  public static AcmeSettings of(URI directory, Set<X509Certificate> tlsAnchors) {
    return new AcmeSettings(
        directory,
        tlsAnchors,
        List.of(),
        null,
        true,
        false,
        DEFAULT_SESSIONS,
        Duration.ofSeconds(20));
  }

  public AcmeSettings boundTo(ExternalAccount account) {
    return new AcmeSettings(
        directory, tlsAnchors, contacts, account, termsAgreed, sendsLife, sessions, timeout);
  }

  public AcmeSettings patientFor(Duration time) {
    return new AcmeSettings(
        directory, tlsAnchors, contacts, external, termsAgreed, sendsLife, sessions, time);
  }

  /**
   * An account outside of ACME (RFC 8555 §7.3.4).
   *
   * @param macKey base64url: a secret
   */
  public record ExternalAccount(String keyId, String macKey) {

    /** Without the key. */
    @Override
    public String toString() {
      return "ExternalAccount[" + keyId + "]";
    }
  }
}
